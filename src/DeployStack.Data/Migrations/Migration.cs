using System.Security.Cryptography;
using System.Text;

namespace DeployStack.Data.Migrations;

/// <summary>One script of the application.</summary>
public sealed class Migration
{
    private string? _checksum;

    internal Migration(string identity, string name, string origin, string script)
    {
        Identity = identity;
        Name = name;
        Origin = origin;
        Script = script;
    }

    /// <summary>What the history knows it by: the number of the file name, at least four digits (<c>0001</c>).</summary>
    public string Identity { get; }

    /// <summary>The words of the file name between its number and <c>.sql</c>.</summary>
    public string Name { get; }

    /// <summary>Where it was read: the path of the file, or the name of the resource and its assembly.</summary>
    public string Origin { get; }

    /// <summary>The SQL text, without byte order mark, its lines ending in <c>\n</c> whatever the file has.</summary>
    public string Script { get; }

    /// <summary>SHA-256 of <see cref="Script"/> in UTF-8, 64 lower-case hexadecimal digits.</summary>
    public string Checksum => _checksum ??= Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Script)));

    /// <summary>Identity and origin, as messages show them.</summary>
    public override string ToString() => $"{Identity} ({Origin})";
}
