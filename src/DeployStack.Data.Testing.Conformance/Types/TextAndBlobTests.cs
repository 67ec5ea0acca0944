using DeployStack.Data.Mapping;
using Xunit;

namespace DeployStack.Data.Testing.Conformance.Types;

/// <summary>Texts, bytes, characters and identifiers come back exactly.</summary>
/// <param name="fixture">The provider under test.</param>
public abstract class TextAndBlobTests(ConformanceFixture fixture) : ConformanceSuite(fixture)
{
    private readonly Random _random = new(20262);

    [Fact]
    public async Task Texts_come_back_whatever_they_hold()
    {
        string[] values =
        [
            "", " ", "it's", "\"", "ünïcödé", "日本語", "😀👩‍👩‍👧", "\0", "a\0b", "\0\0", "\uFEFFmark", "\uFFFD", "\r\n\t", "e\u0301", "\u2028", "123", "1e5", " 12 ", "NULL",
            new string('x', 600), new string('ü', 700), string.Concat(Enumerable.Repeat("long ", 200_000)),
            .. Enumerable.Range(0, 100).Select(_ => NextText()),
        ];
        await RoundTrip.IsExactAsync(CreateDatabase(), "TEXT", values);
        await RoundTrip.IsExactAsync(CreateDatabase(), "", values.Select(static text => text.ToCharArray()), static (a, b) => a.SequenceEqual(b));
    }

    [Fact]
    public async Task Texts_sort_by_code_point()
    {
        var database = await CreateDatabaseAsync("CREATE TABLE t (v TEXT)");
        string[] values = ["a", "B", "ä", "\uFFFF", "😀", "", "aa", "A"];
        await database.ExecuteBatchAsync([.. values.Select(static v => new SqlStatement("INSERT INTO t VALUES (@v)", new { v }))]);
        Assert.Equal(["", "A", "B", "a", "aa", "ä", "\uFFFF", "😀"], await database.QueryAsync<string>("SELECT v FROM t ORDER BY v"));
    }

    [Fact]
    public async Task Characters_come_back()
        => await RoundTrip.IsExactWithNullsAsync(CreateDatabase(), "TEXT", ['a', '\0', 'é', '日', '\uFFFF', ' ', '\'']);

    [Fact]
    public async Task A_text_of_more_or_less_than_one_character_is_no_character()
    {
        var database = CreateDatabase();
        foreach (var v in new[] { "", "ab", "😀" })
        {
            var error = await ThrowsAsync(DatabaseErrorKind.ResultShape, () => database.ExecuteScalarAsync<char>("SELECT @v AS letter", new { v }));
            Assert.Equal(["letter"], error.Columns);
        }
    }

    [Fact]
    public async Task Bytes_come_back()
    {
        byte[][] values = [[], [0], [0, 0, 1], [255, 254], NextBytes(600), NextBytes(1_000_000), .. Enumerable.Range(0, 50).Select(_ => NextBytes(_random.Next(40)))];
        await RoundTrip.IsExactAsync(CreateDatabase(), "BLOB", values, static (a, b) => a.AsSpan().SequenceEqual(b));
        await RoundTrip.IsExactAsync(CreateDatabase(), "", values.Select(static v => new ReadOnlyMemory<byte>(v)), static (a, b) => a.Span.SequenceEqual(b.Span));
        await RoundTrip.IsExactAsync(CreateDatabase(), "", values.Select(static v => new Memory<byte>(v)), static (a, b) => a.Span.SequenceEqual(b.Span));
    }

    [Fact]
    public async Task No_bytes_are_not_null()
    {
        var database = CreateDatabase();
        Assert.Equal("blob", await database.ExecuteScalarAsync<string>("SELECT typeof(@v)", new { v = Array.Empty<byte>() }));
        Assert.Equal("text", await database.ExecuteScalarAsync<string>("SELECT typeof(@v)", new { v = "" }));
        var none = await database.ExecuteScalarAsync<byte[]>("SELECT x''");
        Assert.Empty(none!);
        Assert.Null(await database.ExecuteScalarAsync<byte[]>("SELECT NULL"));
    }

    [Fact]
    public async Task Guids_come_back_as_text_and_as_bytes()
    {
        Guid[] values = [Guid.Empty, Guid.AllBitsSet, new("00112233-4455-6677-8899-aabbccddeeff"), .. Enumerable.Range(0, 100).Select(_ => new Guid(NextBytes(16)))];
        await RoundTrip.IsExactWithNullsAsync(CreateDatabase(), "TEXT", values);
        await RoundTrip.SortsAsync(CreateDatabase(), "TEXT", values);
        Assert.Equal("00112233-4455-6677-8899-aabbccddeeff", await CreateDatabase().ExecuteScalarAsync<string>("SELECT @v", new { v = values[2] }));
        var blobs = new TypeProfile { Guids = GuidFormat.Blob };
        await RoundTrip.IsExactWithNullsAsync(CreateDatabase(new() { Types = blobs }), "BLOB", values);
        await RoundTrip.SortsAsync(CreateDatabase(new() { Types = blobs }), "BLOB", values);
        Assert.Equal("00112233445566778899AABBCCDDEEFF", await CreateDatabase(new() { Types = blobs }).ExecuteScalarAsync<string>("SELECT hex(@v)", new { v = values[2] }));
        Assert.Equal(values[2], await CreateDatabase(new() { Types = blobs }).ExecuteScalarAsync<Guid>("SELECT '00112233-4455-6677-8899-AABBCCDDEEFF'"));
        Assert.Equal(values[2], await CreateDatabase().ExecuteScalarAsync<Guid>("SELECT x'00112233445566778899AABBCCDDEEFF'"));
    }

    [Theory]
    [InlineData("'not a guid'")]
    [InlineData("x'0011'")]
    [InlineData("5")]
    [InlineData("''")]
    public async Task What_is_no_guid_is_refused_and_its_column_named(string value)
    {
        var database = CreateDatabase();
        var error = await ThrowsAsync(DatabaseErrorKind.ResultShape, () => database.ExecuteScalarAsync<Guid>($"SELECT {value} AS id"));
        Assert.Equal(["id"], error.Columns);
    }

    [Fact]
    public async Task Addresses_come_back()
        => await RoundTrip.IsExactAsync(
            CreateDatabase(), "TEXT", [new Uri("https://example.org/a?b=c#d"), new Uri("relative/path", UriKind.Relative)], static (a, b) => a.OriginalString == b.OriginalString);

    [Fact]
    public async Task A_converter_of_the_application_serves_parameters_lists_and_rows()
    {
        var database = CreateDatabase(new() { Types = new TypeProfile().With(new VersionConverter()) });
        Version[] values = [new(1, 2), new(3, 4, 5), new(0, 0)];
        await RoundTrip.IsExactAsync(database, "TEXT", values);
        Assert.Equal(2, await database.ExecuteScalarAsync<int>("SELECT count(*) FROM v WHERE v IN @some", new { some = values[..2] }));
        await ThrowsAsync(DatabaseErrorKind.InvalidParameter, () => CreateDatabase().ExecuteScalarAsync<string>("SELECT @v", new { v = values[0] }));
    }

    private byte[] NextBytes(int count)
    {
        var bytes = new byte[count];
        _random.NextBytes(bytes);
        return bytes;
    }

    private string NextText()
    {
        var runes = Enumerable.Range(0, _random.Next(30)).Select(_ => _random.Next(0x10FFFF)).Where(System.Text.Rune.IsValid).Select(static code => new System.Text.Rune(code).ToString());
        return string.Concat(runes);
    }

    private sealed class VersionConverter : ValueConverter<Version>
    {
        public override Version Read(Provider.RowReader row, int ordinal) => Version.Parse(row.GetText(ordinal));

        public override void Write(Provider.ProviderCommand command, int index, Version value) => command.BindText(index, value.ToString());
    }
}
