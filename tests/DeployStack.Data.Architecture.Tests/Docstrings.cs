using System.Text.RegularExpressions;
using System.Xml.Linq;
using Mono.Cecil;
using Mono.Cecil.Rocks;

namespace DeployStack.Data.Architecture.Tests;

/// <summary>The documentation file of a package beside the members that it must speak of.</summary>
internal sealed partial class Docstrings(string package)
{
    private static readonly HashSet<string> StopWords = new(StringComparer.OrdinalIgnoreCase)
    {
        "a", "an", "and", "as", "at", "by", "for", "from", "get", "gets", "has", "if", "in", "into", "is", "it", "its", "of", "on",
        "or", "return", "returns", "set", "sets", "that", "the", "this", "to", "whether", "which", "with", "value", "indicating",
        "class", "interface", "record", "struct", "method", "property", "represents", "provides",
    };

    private readonly ModuleDefinition _module = Product.Load(package);

    private readonly Dictionary<string, XElement> _docs = XDocument.Load(Path.ChangeExtension(Product.PathOf(package), ".xml"))
        .Descendants("member").ToDictionary(member => member.Attribute("name")!.Value);

    public IEnumerable<IMemberDefinition> PublicMembers() => _module.GetTypes().Where(IsVisible).SelectMany(type => Members(type).Prepend(type));

    /// <summary>The text of the summary; "(inherited)" where the docstring is inherited, null where there is none.</summary>
    public string? SummaryOf(IMemberDefinition member)
    {
        if (_docs.TryGetValue(DocCommentId.GetDocCommentId(member), out var doc))
        {
            return doc.Element("summary") is { } summary ? TextOf(summary) : doc.Element("inheritdoc") is null ? null : "(inherited)";
        }

        // the members of a positional record are documented as its parameters
        return member is PropertyDefinition && _docs.TryGetValue(DocCommentId.GetDocCommentId(member.DeclaringType), out var type)
            && type.Elements("param").FirstOrDefault(each => each.Attribute("name")?.Value == member.Name) is { } parameter ? TextOf(parameter) : null;
    }

    public static bool SaysMore(string summary, params string[] names)
    {
        var known = names.SelectMany(Words).ToList();
        return Words(summary).Any(word => !StopWords.Contains(word) && !known.Any(name => SameStem(name, word)));
    }

    private static bool IsVisible(TypeDefinition type) => type.DeclaringType is { } outer
        ? (type.IsNestedPublic || type.IsNestedFamily || type.IsNestedFamilyOrAssembly) && IsVisible(outer)
        : type.IsPublic && type.Namespace.StartsWith(Product.Core, StringComparison.Ordinal);

    private static IEnumerable<IMemberDefinition> Members(TypeDefinition type)
    {
        if (type.BaseType?.FullName == "System.MulticastDelegate")
        {
            return [];
        }

        return type.Methods.Where(method => IsVisible(method) && !method.IsGetter && !method.IsSetter && !method.IsAddOn && !method.IsRemoveOn && !IsObvious(method))
            .Concat<IMemberDefinition>(type.Properties.Where(property => (property.GetMethod ?? property.SetMethod) is { } method && IsVisible(method) && !IsGenerated(property)))
            .Concat(type.Events.Where(each => IsVisible(each.AddMethod)))
            .Concat(type.Fields.Where(field => (field.IsPublic || field.IsFamily || field.IsFamilyOrAssembly) && !field.IsSpecialName));
    }

    private static bool IsVisible(MethodDefinition method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    // what the compiler writes, constructors without parameters, and tests, whose names are sentences
    private static bool IsObvious(MethodDefinition method) => IsGenerated(method) || (method.IsConstructor && method.Parameters.Count == 0)
        || method.CustomAttributes.Any(attribute => attribute.AttributeType.Namespace == "Xunit");

    private static bool IsGenerated(ICustomAttributeProvider member)
        => member.CustomAttributes.Any(attribute => attribute.AttributeType.Name == "CompilerGeneratedAttribute");

    private static string TextOf(XElement element)
    {
        var parts = element.DescendantNodes().Select(node => node switch
        {
            XText text => text.Value,
            XElement reference => (reference.Attribute("cref") ?? reference.Attribute("name") ?? reference.Attribute("langword"))?.Value.Split('.', ':')[^1] ?? "",
            _ => "",
        });
        return string.Join(' ', string.Join(' ', parts).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }

    private static IEnumerable<string> Words(string text) => Word().Matches(text).Select(match => match.Value.ToLowerInvariant());

    private static bool SameStem(string left, string right)
        => left.StartsWith(right, StringComparison.Ordinal) || right.StartsWith(left.Length > 5 ? left[..5] : left, StringComparison.Ordinal);

    [GeneratedRegex("[A-Z]?[a-z]+|[A-Z]+(?![a-z])|[0-9]+", RegexOptions.None, 1000)]
    private static partial Regex Word();
}
