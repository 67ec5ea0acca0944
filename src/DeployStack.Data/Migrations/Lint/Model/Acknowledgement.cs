using DeployStack.Data.Migrations.Scripts;

namespace DeployStack.Data.Migrations.Lint.Model;

/// <summary>The directive <c>-- deploystack: allow DL101, DL102 because …</c>.</summary>
/// <param name="Codes">What is acknowledged for the statement that follows.</param>
/// <param name="Reason">What stands behind <c>because</c>; empty for nothing.</param>
internal sealed record Acknowledgement(IReadOnlyList<string> Codes, string Reason)
{
    public const string Directive = "allow";

    private static readonly char[] _separators = [' ', '\t', '\r', '\n', ','];

    public bool IsMalformed => Codes.Count == 0 || Reason.Length == 0;

    public static Acknowledgement Of(ScriptDirective directive)
    {
        var words = directive.Arguments.Split(_separators, StringSplitOptions.RemoveEmptyEntries);
        var codes = words.TakeWhile(static word => !word.Equals("because", StringComparison.OrdinalIgnoreCase)).ToList();
        return new(codes, string.Join(' ', words.Skip(codes.Count + 1)));
    }
}
