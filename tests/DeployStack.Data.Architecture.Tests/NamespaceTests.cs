using System.Text.RegularExpressions;

namespace DeployStack.Data.Architecture.Tests;

public sealed partial class NamespaceTests
{
    [Fact]
    public void Namespaces_equal_folders()
    {
        var wrong = from file in Repository.Files("src", ".cs")
                    let declared = Declaration().Match(Repository.Read(file)).Groups["name"].Value
                    where declared.Length > 0 && declared != Expected(file)
                    select $"{file}: {declared}, expected {Expected(file)}";
        Rule.Holds(wrong, "Move the file or correct its namespace.");
    }

    [Fact]
    public void Every_source_file_with_a_type_declares_a_namespace()
        => Rule.Holds(
            Repository.Files("src", ".cs").Where(file => Type().IsMatch(Repository.Read(file)) && !Declaration().IsMatch(Repository.Read(file))),
            "Declare a file-scoped namespace.");

    private static string Expected(string file) => Product.IsRegistration(Path.GetFileNameWithoutExtension(file))
        ? Product.Core
        : string.Join('.', file.Split('/')[1..^1]);

    [GeneratedRegex(@"^namespace (?<name>[\w.]+);", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Declaration();

    [GeneratedRegex(@"^[a-z ]*\b(class|struct|record|interface|enum|delegate) ", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Type();
}
