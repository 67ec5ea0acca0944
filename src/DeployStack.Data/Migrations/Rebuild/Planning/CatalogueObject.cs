using DeployStack.Data.Migrations.Rebuild.Definitions;

namespace DeployStack.Data.Migrations.Rebuild.Planning;

/// <summary>A row of <c>sqlite_schema</c>.</summary>
/// <param name="Type"><c>table</c>, <c>index</c>, <c>view</c> or <c>trigger</c>.</param>
/// <param name="Name">Its name.</param>
/// <param name="TableName">The table or view that it belongs to; its own name for tables and views.</param>
/// <param name="Sql">The statement that created it, as SQLite keeps it.</param>
internal sealed record CatalogueObject(string Type, string Name, string TableName, string Sql)
{
    private IReadOnlyList<DdlToken>? _tokens;

    public IReadOnlyList<DdlToken> Tokens => _tokens ??= DdlToken.Of(Sql);

    public bool IsTable => string.Equals(Type, "table", StringComparison.Ordinal);

    public bool IsView => string.Equals(Type, "view", StringComparison.Ordinal);

    public bool IsTrigger => string.Equals(Type, "trigger", StringComparison.Ordinal);

    public bool IsIndex => string.Equals(Type, "index", StringComparison.Ordinal);

    public bool IsVirtual => IsTable && Tokens is [_, var second, ..] && second.Is("VIRTUAL");

    /// <summary>Whether one of its tokens can be this name.</summary>
    public bool Mentions(string name) => Tokens.Any(token => token.Names(name));

    /// <summary>Type and name, for messages.</summary>
    public override string ToString() => $"{Type} {Name}";
}
