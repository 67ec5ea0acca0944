using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace DeployStack.Data.Architecture.Tests;

public sealed partial class RepositoryTests
{
    private static readonly string[] TopLevel = ["src", "tests", "samples", "docs", "DeployStack.Data.sln", "nuget.config", "LICENSE", "README.md"];

    private static readonly string[] DotFiles = [".ci", ".config", ".editorconfig", ".gitattributes", ".github", ".gitignore"];

    // put together from halves, so that this file does not match itself
    private static readonly Regex Foreign = new(
        string.Join(
            '|',
            @"nuget\." + @"org", @"myget\." + @"org", @"registry\." + @"npmjs", @"pkgs\.dev\." + @"azure", "art" + "ifactory",
            @"(?<![\w.])/(home|root|Users)" + @"/\w", @"(?<![\w.])/tmp" + @"/\w", @"(?<![\w.])/work" + @"/\w", @"\b[A-Z]:\\" + "Users",
            @"\.\./" + "shared", "user-" + @"pains", "sqlite-and-" + "provider", @"reliability\." + "md",
            @"\bA[I]" + @"\b", @"\bchat" + "gpt", @"\bcla" + "ude", @"\bco" + "pilot", @"\bsub" + @"agents?\b"),
        RegexOptions.ExplicitCapture,
        TimeSpan.FromSeconds(5));

    [Fact]
    public void The_top_level_is_the_fixed_list()
    {
        var found = Repository.TopLevel().ToList();
        Rule.Holds(found.Except(TopLevel).Except(DotFiles), "Nothing else stands at the top level.");
        Rule.Holds(TopLevel.Except(found), "These belong to the top level.");
    }

    [Fact]
    public void The_project_speaks_of_itself_alone()
        => Rule.Holds(
            from file in Repository.Files(".").Where(file => !file.EndsWith("packages.lock.json", StringComparison.Ordinal) && !IsBinary(file))
            from line in Repository.Lines(file).Select((text, i) => (text, number: i + 1))
            let match = Foreign.Match(line.text)
            where match.Success
            select $"{file}:{line.number}: {match.Value}",
            "No registry host, no machine path, no word about the workplace.");

    [Fact]
    public void A_machine_path_is_found()
        => Assert.Matches(Foreign, "see /home" + "/someone/notes");

    [Fact]
    public void Every_project_is_in_the_solution_and_has_its_lock_file()
    {
        var solution = Repository.Read("DeployStack.Data.sln");
        var projects = Repository.SourceFolders.SelectMany(folder => Repository.Files(folder, ".csproj")).ToList();
        Rule.Holds(projects.Where(project => !solution.Contains(project.Replace('/', '\\'), StringComparison.Ordinal)), "dotnet sln add it.");
        Rule.Holds(projects.Where(project => !Repository.Exists(Path.Combine(Path.GetDirectoryName(project)!, "packages.lock.json"))), "Commit packages.lock.json: CI restores in locked mode.");
    }

    [Fact]
    public void Versions_stand_in_one_file()
        => Rule.Holds(
            from project in Repository.SourceFolders.SelectMany(folder => Repository.Files(folder, ".csproj", ".props"))
            where !project.EndsWith("Directory.Packages.props", StringComparison.Ordinal)
            from reference in XDocument.Parse(Repository.Read(project)).Descendants("PackageReference")
            where reference.Attribute("Version") is not null || reference.Attribute("VersionOverride") is not null
            select $"{project}: {reference.Attribute("Include")?.Value}",
            "Versions live in src/Directory.Packages.props.");

    [Fact]
    public void The_feed_configuration_names_no_source()
        => Assert.Empty(XDocument.Parse(Repository.Read("nuget.config")).Descendants("packageSources"));

    private static bool IsBinary(string file) => Path.GetExtension(file) is ".db" or ".png" or ".nupkg" or ".snupkg" or ".dll";
}
