using System.Security.Cryptography;
using System.Text;
using DeployStack.Data.Migrations.Sources;

namespace DeployStack.Data.Migrations;

/// <summary>One migration of the application: a script, or a class.</summary>
public sealed class Migration
{
    private readonly string _original;
    private string? _checksum;

    internal Migration(string identity, string name, string origin, string script, IMigration? code = null)
    {
        Identity = identity;
        Name = name;
        Origin = origin;
        _original = script;
        Script = ScriptText.Normalise(script);
        Code = code;
    }

    /// <summary>What the history knows it by: the number of the file name, at least four digits (<c>0001</c>); for a
    /// repeatable script <c>R__name</c>; with <see cref="MigrationNaming.FileName"/> the whole name.</summary>
    public string Identity { get; }

    /// <summary>The words of the file name between its number and its ending.</summary>
    public string Name { get; }

    /// <summary>Where it was read: the path of the file, the name of the resource or the class and its assembly.</summary>
    public string Origin { get; }

    /// <summary>The SQL text, without byte order mark, its lines ending in <c>\n</c> whatever the file has; empty for a
    /// migration written in C#, whose statements are known when it runs.</summary>
    public string Script { get; }

    /// <summary>SHA-256 of <see cref="Script"/> in UTF-8, 64 lower-case hexadecimal digits. For a migration written in C#
    /// of its <see cref="IMigration.Version"/>, and empty without one: nothing is compared then.</summary>
    public string Checksum => _checksum ??= Code is null ? Hash(Script) : Code.Version is { } version ? Hash(version) : string.Empty;

    /// <summary>Whether it is a script <c>R__name.sql</c>, which runs after all others whenever it was changed.</summary>
    public bool IsRepeatable { get; internal init; }

    /// <summary>The class that gives the statements; <see langword="null"/> for a script.</summary>
    internal IMigration? Code { get; }

    /// <summary>Whether this is the SHA-256 of the file as some checkout of it has it: as it was read, with lines that end
    /// in <c>\n</c>, or in <c>\r\n</c>. Tools that keep the hash of the bytes are understood so.</summary>
    /// <param name="sha256">Hexadecimal digits, in any case.</param>
    public bool HasHash(string sha256)
    {
        ArgumentNullException.ThrowIfNull(sha256);
        return Code is null && (Is(Checksum) || Is(Hash(Script.Replace("\n", "\r\n", StringComparison.Ordinal))) || Is(Hash(_original)));

        bool Is(string hash) => hash.Equals(sha256, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Identity and origin, as messages show them.</summary>
    public override string ToString() => $"{Identity} ({Origin})";

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
