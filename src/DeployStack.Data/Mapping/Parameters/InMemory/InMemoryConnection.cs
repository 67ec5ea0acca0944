using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;

namespace DeployStack.Data.Mapping.Parameters.InMemory;

/// <summary>A connection to nothing: it exists to have its command filled with parameters.</summary>
internal sealed class InMemoryConnection : DbConnection
{
    /// <summary>The command that was made last.</summary>
    public InMemoryCommand? LastCommand { get; private set; }

    [AllowNull]
    public override string ConnectionString { get; set; } = string.Empty;

    public override string Database => string.Empty;

    public override string DataSource => string.Empty;

    public override string ServerVersion => string.Empty;

    public override ConnectionState State => ConnectionState.Open;

    public override void ChangeDatabase(string databaseName) => throw new NotSupportedException();

    public override void Close()
    {
    }

    public override void Open()
    {
    }

    protected override DbTransaction BeginDbTransaction(IsolationLevel isolationLevel) => throw new NotSupportedException();

    protected override DbCommand CreateDbCommand() => LastCommand = new InMemoryCommand();
}
