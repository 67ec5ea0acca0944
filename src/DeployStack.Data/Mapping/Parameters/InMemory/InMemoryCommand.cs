using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;

namespace DeployStack.Data.Mapping.Parameters.InMemory;

/// <summary>A command that keeps its parameters and executes nothing.</summary>
internal sealed class InMemoryCommand : DbCommand
{
    /// <summary>The parameters at the time of execution: whoever executed the command may clear them afterwards.</summary>
    public IReadOnlyList<InMemoryParameter> Filled { get; private set; } = [];

    [AllowNull]
    public override string CommandText { get; set; } = string.Empty;

    public override int CommandTimeout { get; set; }

    public override CommandType CommandType { get; set; } = CommandType.Text;

    public override bool DesignTimeVisible { get; set; }

    public override UpdateRowSource UpdatedRowSource { get; set; }

    protected override DbConnection? DbConnection { get; set; }

    protected override DbParameterCollection DbParameterCollection { get; } = new InMemoryParameters();

    protected override DbTransaction? DbTransaction { get; set; }

    public override void Cancel()
    {
    }

    public override int ExecuteNonQuery()
    {
        Filled = [.. DbParameterCollection.Cast<InMemoryParameter>()];
        return 0;
    }

    public override object? ExecuteScalar() => null;

    public override void Prepare()
    {
    }

    protected override DbParameter CreateDbParameter() => new InMemoryParameter();

    protected override DbDataReader ExecuteDbDataReader(CommandBehavior behavior) => throw new NotSupportedException();
}
