using System.Text;
using DeployStack.Data.Settings;
using DeployStack.Data.Settings.Exchange;

namespace DeployStack.Data.Tests.Settings.Exchange;

/// <summary>Files that nobody exported, or that somebody changed.</summary>
public sealed class ExchangeReaderTests
{
    private const string Head = """
        "format": "deploystack.settings", "version": 1, "exportedAt": "2026-01-02T03:04:05Z", "groups": []
        """;

    private const string Secrets = """
        "secrets": {"derivation": "PBKDF2-SHA256", "iterations": 600000, "salt": "AAAAAAAAAAAAAAAAAAAAAA", "cipher": "AES-256-GCM", "check": "x"}
        """;

    [Fact]
    public void A_file_is_read_whatever_the_order_and_with_the_mark_of_an_editor()
    {
        var file = Read("\uFEFF{\"settings\": [" + """
            {"version": "v", "value": "a\u00e4\ud83d\udce7", "set": true, "type": "string", "key": "a.b", "group": null},
            {"key": "c", "type": "number", "set": false}], "scope": {"groups": ["g"], "keyPrefixes": []},
            """ + Head + "}\r\n \t");
        Assert.Equal([new("a.b", true, false, "aä📧", null, "v"), new("c", false, false, null, null, null)], file.Settings);
        Assert.Equal(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero), file.ExportedAt);
        Assert.Equal((true, false), (file.Scope.Has("x", "g"), file.Scope.Has("x", "h")));
        Assert.DoesNotContain("📧", file.Settings[0].ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", 1)]
    [InlineData(" \n", 2)]
    [InlineData("null", 1)]
    [InlineData("[]", 1)]
    [InlineData("{}", 1)]
    [InlineData("\"deploystack.settings\"", 1)]
    [InlineData("{\"format\": \"other\", \"version\": 1}", 1)]
    [InlineData("{\"format\": 1, \"version\": 1}", 1)]
    [InlineData("{\"format\": \"deploystack.settings\",\n\"version\": 2, \"new\": [{}]}", 2)]
    [InlineData("{\"format\": \"deploystack.settings\", \"version\": 1.5}", 1)]
    [InlineData("{\"format\": \"deploystack.settings\", \"version\": 99999999999999}", 1)]
    [InlineData("{\"format\": \"deploystack.settings\", \"version\": \"1\"}", 1)]
    [InlineData("{\"format\": \"deploystack.settings\", \"version\": 1", 1)]
    [InlineData("{\"format\": \"deploystack.settings\", \"version\": 1}", 1)]
    [InlineData("{HEAD, \"settings\": [\n", 2)]
    [InlineData("{HEAD, \"settings\": []\n", 2)]
    [InlineData("{HEAD, \"settings\": []}\n{}", 2)]
    [InlineData("{HEAD, \"settings\": []}\nx", 2)]
    [InlineData("{HEAD, \"settings\": []} // comment", 1)]
    [InlineData("{HEAD, \"settings\": [],}", 1)]
    [InlineData("{HEAD, \"settings\": [], \"other\": 1}", 1)]
    [InlineData("{HEAD,\n\"settings\": [],\n\"settings\": []}", 3)]
    [InlineData("{HEAD, \"settings\": [], \"format\": \"deploystack.settings\"}", 1)]
    [InlineData("{HEAD, \"settings\": {}}", 1)]
    [InlineData("{HEAD, \"settings\": [1]}", 1)]
    [InlineData("{HEAD, \"settings\": [[[[[[[[[[]]]]]]]]]]}", 1)]
    [InlineData("{HEAD, \"settings\": [], \"scope\": {}}", 1)]
    [InlineData("{HEAD, \"settings\": [], \"scope\": {\"groups\": [1], \"keyPrefixes\": []}}", 1)]
    [InlineData("{HEAD, \"settings\": [], \"scope\": {\"groups\": \"a\", \"keyPrefixes\": []}}", 1)]
    public void What_is_no_file_of_settings_is_refused_with_its_line(string text, int line) => Refused(text.Replace("HEAD", Head, StringComparison.Ordinal), line);

    [Theory]
    [InlineData("{}")]
    [InlineData("{\"key\": \"SECRET\"}")]
    [InlineData("{\"key\": \"SECRET\", \"set\": false}")]
    [InlineData("{\"key\": \"SECRET\", \"type\": \"string\"}")]
    [InlineData("{\"key\": \"\", \"type\": \"string\", \"set\": false}")]
    [InlineData("{\"key\": \"a b SECRET\", \"type\": \"string\", \"set\": false}")]
    [InlineData("{\"key\": \"a\\u0000\", \"type\": \"string\", \"set\": false}")]
    [InlineData("{\"key\": null, \"type\": \"string\", \"set\": false}")]
    [InlineData("{\"key\": \"a\", \"key\": \"b\", \"type\": \"string\", \"set\": false}")]
    [InlineData("{\"key\": \"a\", \"type\": \"SECRET\", \"set\": false}")]
    [InlineData("{\"key\": \"a\", \"type\": \"string\", \"set\": \"SECRET\"}")]
    [InlineData("{\"key\": \"a\", \"type\": \"string\", \"set\": null}")]
    [InlineData("{\"key\": \"a\", \"type\": \"string\", \"set\": true}")]
    [InlineData("{\"key\": \"a\", \"type\": \"string\", \"set\": true, \"value\": \" \"}")]
    [InlineData("{\"key\": \"a\", \"type\": \"string\", \"set\": true, \"value\": 31337}")]
    [InlineData("{\"key\": \"a\", \"type\": \"string\", \"set\": true, \"value\": [\"SECRET\"]}")]
    [InlineData("{\"key\": \"a\", \"type\": \"string\", \"set\": false, \"value\": \"SECRET\"}")]
    [InlineData("{\"key\": \"a\", \"type\": \"string\", \"set\": true, \"secret\": true, \"value\": \"SECRET\"}")]
    [InlineData("{\"key\": \"a\", \"type\": \"string\", \"set\": true, \"secret\": true, \"encrypted\": \"SECRET\"}")]
    [InlineData("{\"key\": \"a\", \"type\": \"string\", \"set\": false, \"secret\": true, \"encrypted\": \"SECRET\"}")]
    [InlineData("{\"key\": \"a\", \"type\": \"string\", \"set\": true, \"value\": \"x\", \"encrypted\": \"SECRET\"}")]
    [InlineData("{\"key\": \"a\", \"type\": \"string\", \"set\": true, \"value\": \"SECRET\\ud800\"}")]
    [InlineData("{\"key\": \"a\", \"type\": \"string\", \"set\": true, \"value\": \"SECRET\\x\"}")]
    [InlineData("{\"key\": \"a\", \"type\": \"string\", \"set\": true, \"value\": \"SECRET\n\"}")]
    [InlineData("{\"key\": \"a\", \"type\": \"string\", \"set\": false, \"SECRET\": 1}")]
    [InlineData("{\"key\": \"a\", \"type\": \"string\", \"set\": false, \"\\udc00\": 1}")]
    [InlineData("{\"key\": \"a\", \"type\": \"string\", \"set\": false, \"group\": {\"a\": \"SECRET\"}}")]
    [InlineData("{\"key\": \"a\", \"type\": \"string\", \"set\": false},{\"key\": \"a\", \"type\": \"string\", \"set\": false}")]
    public void A_setting_that_is_none_is_refused_with_its_line(string setting) => Refused($"{{{Head},\n\"settings\": [\n{setting}]}}", 3);

    [Theory]
    [InlineData("600000", "599999")]
    [InlineData("600000", "2147483647")]
    [InlineData("600000", "-1")]
    [InlineData("600000", "6e5")]
    [InlineData("PBKDF2-SHA256", "PBKDF2-SHA1")]
    [InlineData("AES-256-GCM", "none")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAA", "AAAA")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAA", "!AAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("\"check\": \"x\"", "\"check\": 1")]
    [InlineData(", \"check\": \"x\"", "")]
    public void An_encryption_that_is_not_known_or_made_to_cost_is_refused(string part, string other)
    {
        var file = $"{{{Head},\n{Secrets}, \"settings\": []}}";
        Assert.NotNull(Read(file).Secrets);
        Refused(file.Replace(part, other, StringComparison.Ordinal), 2);
    }

    [Fact]
    public void What_is_too_long_or_no_UTF_8_is_refused()
    {
        Refused($"{{{Head},\n\"settings\": [{{\"key\": \"{new string('k', 256)}\", \"type\": \"string\", \"set\": false}}]}}", 2);
        Refused($"{{{Head},\n\"settings\": [{{\"key\": \"{new string('k', 100_000)}\", \"type\": \"string\", \"set\": false}}]}}", 2);
        Refused($"{{{Head},\n\"settings\": [{{\"key\": \"k\", \"type\": \"string\", \"set\": false, \"version\": \"{new string('v', 100_000)}\"}}]}}", 2);
        Refused(new string('[', 1_000_000), 1);
        Refused(Encoding.Unicode.GetBytes($"\uFEFF{{{Head}, \"settings\": []}}"), 1);
        Refused([.. Encoding.UTF8.GetBytes($"{{{Head},\n\"settings\": [{{\"key\": \"k\", \"type\": \"string\", \"set\": true, \"value\": \"SECRET"), 0xC3, .. "\"}]}"u8], 2);
    }

    [Fact]
    public void Every_cut_of_a_file_is_refused()
    {
        var file = Encoding.UTF8.GetBytes($"{{{Head},\n{Secrets}, \"settings\": [{{\"key\": \"k\", \"type\": \"string\", \"set\": true, \"value\": \"SECRET\"}}]}}");
        Assert.Single(ExchangeReader.Read(file).Settings);
        for (var length = 0; length < file.Length; length++)
        {
            var error = Assert.Throws<SettingException>(() => ExchangeReader.Read(file.AsSpan(0, length)));
            Assert.Equal(DatabaseErrorKind.InvalidParameter, error.Kind);
        }
    }

    [Theory]
    [InlineData(99, false)]
    [InlineData(100, true)]
    [InlineData(101, true)]
    public async Task A_file_is_taken_up_to_the_limit(int limit, bool isTaken)
    {
        using var stream = new Trickle(new byte[100]);
        var read = ExchangeContent.ReadAsync(stream, limit, CancellationToken.None);
        if (isTaken)
        {
            Assert.Equal(100, (await read).Length);
            return;
        }

        Assert.Equal(DatabaseErrorKind.InvalidParameter, (await Assert.ThrowsAsync<SettingException>(() => read)).Kind);
    }

    private static ExchangeFile Read(string text) => ExchangeReader.Read(Encoding.UTF8.GetBytes(text));

    private static void Refused(string text, int line) => Refused(Encoding.UTF8.GetBytes(text), line);

    private static void Refused(byte[] content, int line)
    {
        var error = Assert.Throws<SettingException>(() => ExchangeReader.Read(content));
        Assert.Equal(DatabaseErrorKind.InvalidParameter, error.Kind);
        Assert.Contains($"line {line} ", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("SECRET", error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("31337", error.ToString(), StringComparison.Ordinal);
        Assert.InRange(error.Message.Length, 1, 400);
    }

    /// <summary>Gives a few bytes at a time, as a network does.</summary>
    private sealed class Trickle(byte[] content) : MemoryStream(content)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => base.ReadAsync(buffer[..Math.Min(7, buffer.Length)], cancellationToken);
    }
}
