using DeployStack.Data.Provider;

namespace DeployStack.Data.Migrations.Scripts;

/// <summary>A statement <c>PRAGMA [schema.]name [= value | (value)]</c>.</summary>
/// <param name="Name">As written, without quotes.</param>
/// <param name="Value">What is set, or the argument; <see langword="null"/> for none.</param>
internal sealed record Pragma(string Name, string? Value)
{
    private static readonly string[] _on = ["ON", "YES", "TRUE", "1"];
    private static readonly string[] _off = ["OFF", "NO", "FALSE", "0"];

    /// <summary>The value read as SQLite reads a switch; <see langword="null"/> for what is neither on nor off.</summary>
    public bool? Switch => IsOneOf(_on) ? true : IsOneOf(_off) ? false : null;

    /// <summary><see langword="null"/> for any other statement.</summary>
    public static Pragma? Parse(string sql)
    {
        if (!StatementKeyword.First(sql).Equals("PRAGMA", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var words = SqlTokenizer.Tokens(sql).Where(static token => token.IsSignificant).Skip(1).Select(token => Unquoted(sql, token)).ToList();
        if (words is [_, ".", ..])
        {
            words.RemoveRange(0, 2);
        }

        return words switch
        {
            [] => null,
            [var name, "=" or "(", .. var value] => new(name, string.Concat(value.TakeWhile(static word => word is not ")"))),
            [var name, ..] => new(name, null),
        };
    }

    public bool Is(string name) => Name.Equals(name, StringComparison.OrdinalIgnoreCase);

    private static string Unquoted(string sql, SqlToken token)
        => token.Kind is SqlTokenKind.Text or SqlTokenKind.Name ? sql[(token.Start + 1)..(token.End - 1)] : token.Of(sql);

    private bool IsOneOf(string[] words) => words.Contains(Value, StringComparer.OrdinalIgnoreCase);
}
