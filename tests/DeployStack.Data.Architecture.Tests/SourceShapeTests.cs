using System.Text.RegularExpressions;

namespace DeployStack.Data.Architecture.Tests;

public sealed partial class SourceShapeTests
{
    private const int MaxLines = 250;
    private const int MaxFilesInFolder = 16;

    /// <summary>Folder → how many files it may hold, and why more than the rule.</summary>
    private static readonly Dictionary<string, (int Max, string Reason)> LargerFolders = new()
    {
        ["src/DeployStack.Data"] = (24, "the front door: what applications call stands in the root namespace, hence in the root folder"),
        ["src/DeployStack.Data/Settings"] = (44, "the front of the room: what applications call stands in one namespace"),
        ["src/DeployStack.Data/Provider"] = (18, "the seam: what authors of engines implement and call stands in one namespace"),
        ["src/DeployStack.Data/Migrations"] = (24, "the front of the room: what applications call stands in one namespace"),
    };

    [Fact]
    public void No_file_is_longer_than_250_lines()
        => Rule.Holds(
            Repository.CodeFiles().Select(file => (file, count: Repository.Lines(file).Length)).Where(each => each.count > MaxLines).Select(each => $"{each.file}: {each.count}"),
            "Split it by subject.");

    [Fact]
    public void No_folder_of_src_holds_more_than_16_loose_files()
        => Rule.Holds(
            Repository.Files("src", ".cs").GroupBy(file => file[..file.LastIndexOf('/')])
                .Where(folder => folder.Count() > (LargerFolders.TryGetValue(folder.Key, out var larger) ? larger.Max : MaxFilesInFolder))
                .Select(folder => $"{folder.Key}: {folder.Count()}"),
            "Make a room inside the room.");

    [Fact]
    public void No_region_hides_code()
        => Rule.Holds(LinesWhere((_, line) => line.TrimStart().StartsWith("#region", StringComparison.Ordinal)), "Split the file instead.");

    [Fact]
    public void Every_silenced_warning_carries_its_reason_on_the_line()
    {
        Rule.Holds(LinesWhere((_, line) => Pragma().IsMatch(line) && !PragmaWithReason().IsMatch(line)), "#pragma warning disable X // reason");
        Rule.Holds(LinesWhere((_, line) => Suppress().IsMatch(line) && !line.Contains("Justification = \"", StringComparison.Ordinal)), "Write the Justification on the same line.");
        Rule.Holds(
            Repository.SourceFolders.SelectMany(folder => Repository.Files(folder, ".csproj", ".props", ".targets"))
                .SelectMany(file => Repository.Lines(file).Where(line => line.Contains("<NoWarn>", StringComparison.Ordinal) && !CommentWithReason().IsMatch(line)).Select(line => $"{file}: {line.Trim()}")),
            "<NoWarn>…</NoWarn> <!-- reason -->");
    }

    [Fact]
    public void Nothing_is_left_to_do_and_nothing_pretends()
        => Rule.Holds(
            LinesWhere((file, line) => file.StartsWith("src/", StringComparison.Ordinal) && Unfinished().IsMatch(line)),
            "Finish it, or refuse it with a typed error.");

    [Theory]
    [InlineData("#pragma warning disable CA1031", true, false)]
    [InlineData("#pragma warning disable CA1031 // the engine's callback must not throw", true, true)]
    public void A_bare_pragma_is_told_from_a_reasoned_one(string line, bool pragma, bool reason)
        => Assert.Equal((pragma, reason), (Pragma().IsMatch(line), PragmaWithReason().IsMatch(line)));

    private static IEnumerable<string> LinesWhere(Func<string, string, bool> matches)
        => from file in Repository.CodeFiles()
           from line in Repository.Lines(file).Select((text, i) => (text, number: i + 1))
           where matches(file, line.text)
           select $"{file}:{line.number}: {line.text.Trim()}";

    [GeneratedRegex(@"^\s*#pragma warning disable", RegexOptions.None, 1000)]
    private static partial Regex Pragma();

    [GeneratedRegex(@"#pragma warning disable [^/]*// \S.{8,}", RegexOptions.None, 1000)]
    private static partial Regex PragmaWithReason();

    [GeneratedRegex(@"^\s*\[.*SuppressMessage\(", RegexOptions.None, 1000)]
    private static partial Regex Suppress();

    [GeneratedRegex("<!-- .{8,} -->", RegexOptions.None, 1000)]
    private static partial Regex CommentWithReason();

    [GeneratedRegex(@"\b(TODO|FIXME|HACK|XXX|NotImplementedException)\b", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Unfinished();
}
