using System.Runtime.InteropServices;

namespace DeployStack.Data.Migrations.Scripts;

/// <summary>A piece of SQL text.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Start">Its first character.</param>
/// <param name="End">Behind its last character.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct SqlToken(SqlTokenKind Kind, int Start, int End)
{
    /// <summary>Whether the engine sees it.</summary>
    public bool IsSignificant => Kind is not (SqlTokenKind.Space or SqlTokenKind.Comment);

    /// <summary>Whether it is this keyword, in any case.</summary>
    public bool Is(string sql, string keyword)
        => Kind == SqlTokenKind.Word && sql.AsSpan(Start, End - Start).Equals(keyword, StringComparison.OrdinalIgnoreCase);

    public string Of(string sql) => sql[Start..End];
}
