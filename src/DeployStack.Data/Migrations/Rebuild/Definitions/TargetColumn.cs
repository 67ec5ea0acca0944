using DeployStack.Data.Schema;

namespace DeployStack.Data.Migrations.Rebuild.Definitions;

/// <summary>A column of the rebuilt table.</summary>
/// <param name="Definition">As the new definition has it.</param>
/// <param name="Working">Its name until the last statements: the name that it had before, so that indexes, triggers and
/// views can be created again as they are.</param>
/// <param name="Final">Its name afterwards.</param>
/// <param name="Source">The column whose values it takes, or <see langword="null"/> for a new one.</param>
/// <param name="Cast">The type that its values are cast to, or <see langword="null"/> where they are copied as they are.</param>
/// <param name="IsConverted">Whether other values can be stored than before, so that each is to be compared with its source.</param>
internal sealed record TargetColumn(ColumnDefinition Definition, string Working, string Final, ColumnDefinition? Source, string? Cast, bool IsConverted)
{
    /// <summary>Whether the copy writes it.</summary>
    public bool IsCopied => Source is not null && !Definition.IsGenerated;

    /// <summary>Whether its values are compared: those of a column that was and is computed are nobody's data.</summary>
    public bool IsProven => Source is not null && !(Definition.IsGenerated && Source.IsGenerated);

    public static TargetColumn Of(ColumnDefinition definition, string working, string final, (ColumnDefinition Column, bool IsStrict)? source, bool isStrict)
    {
        var affinity = Affinity(definition.Type, isStrict);
        var isConverted = source is { } old && !definition.IsGenerated && !string.Equals(Affinity(old.Column.Type, old.IsStrict), affinity, StringComparison.Ordinal);
        return new(definition, working, final, source?.Column, isConverted ? CastOf(affinity, definition.Type) : null, isConverted);
    }

    /// <summary>The value that the copy writes.</summary>
    /// <param name="alias">What stands before the old column, with its dot.</param>
    public string Value(string alias)
    {
        var value = alias + SqlName.Quote(Source!.Name);
        return Cast is null ? value : $"CAST({value} AS {Cast})";
    }

    private static string? CastOf(string affinity, string type) => affinity switch
    {
        "NUMERIC" => null, // CAST('2026-01-31' AS NUMERIC) is 2026; the column itself converts numbers only
        "BLOB" => type.Contains("BLOB", StringComparison.OrdinalIgnoreCase) ? affinity : null,
        _ => affinity,
    };

    // https://www.sqlite.org/datatype3.html#determination_of_column_affinity
    private static string Affinity(string type, bool isStrict)
    {
        return Has("INT") ? "INTEGER"
            : Has("CHAR") || Has("CLOB") || Has("TEXT") ? "TEXT"
            : type.Length == 0 || Has("BLOB") || (isStrict && Has("ANY")) ? "BLOB"
            : Has("REAL") || Has("FLOA") || Has("DOUB") ? "REAL"
            : "NUMERIC";

        bool Has(string part) => type.Contains(part, StringComparison.OrdinalIgnoreCase);
    }
}
