using System.Text.RegularExpressions;

namespace DeployStack.Data.Migrations.Sources;

/// <summary>What a name says: <c>0012_add_teams.sqlite.sql</c> is number 0012, words <c>add_teams</c>, for SQLite alone.</summary>
/// <param name="Identity">At least four digits, without further leading zeros, so that 00012 and 0012 are one identity;
/// <c>R__name</c>; or the whole name.</param>
/// <param name="Words">Letters, digits, <c>_</c> and <c>-</c>.</param>
/// <param name="Engine">The engine that the file is for; <see langword="null"/> for every one.</param>
/// <param name="IsRepeatable">Whether it runs whenever it was changed.</param>
internal readonly partial record struct MigrationName(string Identity, string Words, string? Engine = null, bool IsRepeatable = false)
{
    private const int Digits = 4;
    private const string Repeatable = "R__";
    private const string Ending = ".sql";

    /// <exception cref="MigrationException">The name does not fit.</exception>
    public static MigrationName Parse(MigrationFile file) => file switch
    {
        { Code: not null } => ParseClass(file),
        { Naming: MigrationNaming.FileName } => ParseWhole(file),
        _ => ParseNumber(file),
    };

    /// <summary>The file name at the end of the name of a resource: the build joins folders and file name by dots, a
    /// logical name may keep its slashes.</summary>
    public static string OfResource(string resource)
        => Tail().Match(resource) is { Success: true } match ? match.Groups["file"].Value
            : resource[(resource.LastIndexOfAny(['.', '/', '\\'], resource.Length - Ending.Length - 1) + 1)..];

    private static MigrationName ParseNumber(MigrationFile file)
    {
        var match = Form().Match(file.FileName);
        if (!match.Success)
        {
            throw new MigrationException($"{file.Origin}: the file name does not fit NNNN_name.sql (4 to 18 digits, an underscore, then letters, digits, '_' or '-'; before .sql an engine may stand: NNNN_name.sqlite.sql) and not R__name.sql. Nothing was applied. Rename the file, or keep SQL that is no migration elsewhere.");
        }

        var words = match.Groups["words"].Value;
        var engine = match.Groups["engine"] is { Success: true, Value: var name } ? name : null;
        return match.Groups["number"] is { Success: true, Value: var number }
            ? new(Padded(number), words, engine)
            : new(Repeatable + words, words, engine, IsRepeatable: true);
    }

    private static MigrationName ParseWhole(MigrationFile file)
    {
        var match = WholeForm().Match(file.FileName);
        return match.Success
            ? new(file.FileName[..^Ending.Length], match.Groups["words"].Value, IsRepeatable: match.Groups["repeatable"].Success)
            : throw new MigrationException($"{file.Origin}: the file name does not fit name.sql (letters, digits, '_', '-' and '.'). Nothing was applied. Rename the file, or keep SQL that is no migration elsewhere.");
    }

    private static MigrationName ParseClass(MigrationFile file)
    {
        var match = ClassForm().Match(file.FileName);
        return match.Success
            ? new(Padded(match.Groups["number"].Value), match.Groups["words"].Value)
            : throw new MigrationException($"{file.Origin}: the name '{file.FileName}' does not fit M0012_AddTeams or 0012_add_teams (4 to 18 digits, an underscore, then letters, digits, '_' or '-'). Nothing was applied. Rename the class, or give it a Name.");
    }

    private static string Padded(string number) => number.TrimStart('0').PadLeft(Digits, '0');

    [GeneratedRegex(@"^((?<number>[0-9]{4,18})_|R__)(?<words>[A-Za-z0-9_-]+)(\.(?<engine>[A-Za-z][A-Za-z0-9_]*))?\.sql\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Form();

    [GeneratedRegex(@"^([0-9]{4,18}_|(?<repeatable>R__))?(?<words>[A-Za-z0-9_.-]+)\.sql\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex WholeForm();

    [GeneratedRegex(@"^M?(?<number>[0-9]{4,18})_(?<words>[A-Za-z0-9_-]+)\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ClassForm();

    [GeneratedRegex(@"(^|[./\\])(?<file>([0-9]{4,18}_|R__)[A-Za-z0-9_-]+(\.[A-Za-z][A-Za-z0-9_]*)?\.sql)\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Tail();
}
