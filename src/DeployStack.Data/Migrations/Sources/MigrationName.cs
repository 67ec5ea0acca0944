using System.Text.RegularExpressions;

namespace DeployStack.Data.Migrations.Sources;

/// <summary>What a file name says: <c>0012_add_teams.sql</c> is number 0012, words <c>add_teams</c>.</summary>
/// <param name="Number">At least four digits, without further leading zeros, so that 00012 and 0012 are one identity.</param>
/// <param name="Words">Letters, digits, <c>_</c> and <c>-</c>.</param>
internal readonly partial record struct MigrationName(string Number, string Words)
{
    private const int Digits = 4;

    /// <exception cref="MigrationException">The name does not fit.</exception>
    public static MigrationName Parse(MigrationFile file)
    {
        var match = Form().Match(file.FileName);
        return match.Success
            ? new(match.Groups["number"].Value.TrimStart('0').PadLeft(Digits, '0'), match.Groups["words"].Value)
            : throw new MigrationException($"{file.Origin}: the file name does not fit NNNN_name.sql (4 to 18 digits, an underscore, then letters, digits, '_' or '-'). Nothing was applied. Rename the file, or keep SQL that is no migration elsewhere.");
    }

    [GeneratedRegex(@"^(?<number>[0-9]{4,18})_(?<words>[A-Za-z0-9_-]+)\.sql$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Form();
}
