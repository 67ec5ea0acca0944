using System.Diagnostics;
using System.Text.Json;
using DeployStack.Data.Settings;
using DeployStack.Data.Settings.Values;

namespace DeployStack.Data.Tests.Settings;

public sealed class SettingFormTests
{
    [Theory]
    [InlineData("2026-02-03T04:05:06+02:00", "2026-02-03T04:05:06+02:00")]
    [InlineData("2026-02-03T04:05:06Z", "2026-02-03T04:05:06+00:00")]
    [InlineData(" 2026-02-03T04:05:06.1234567-03:30 ", "2026-02-03T04:05:06.1234567-03:30")]
    [InlineData("2026-02-03T04:05:06", null)]
    [InlineData("02/03/2026", null)]
    [InlineData("2026-02-30T00:00:00Z", null)]
    public void Times_have_their_offset(string text, string? normal) => Assert.Equal(normal, new Setting<DateTimeOffset>("k").Normalise(text));

    [Theory]
    [InlineData("2026-02-03", "2026-02-03")]
    [InlineData("2026-2-3", null)]
    [InlineData("03.02.2026", null)]
    public void Dates_are_written_from_the_year_down(string text, string? normal) => Assert.Equal(normal, new Setting<DateOnly?>("k").Normalise(text));

    [Theory]
    [InlineData("03:00", "03:00:00")]
    [InlineData("23:59:59.5", "23:59:59.5")]
    [InlineData("24:00", null)]
    [InlineData("3 pm", null)]
    public void Times_of_day_are_those_of_24_hours(string text, string? normal) => Assert.Equal(normal, new Setting<TimeOnly>("k").Normalise(text));

    [Theory]
    [InlineData("{6F9619FF-8B86-D011-B42D-00C04FC964FF}", "6f9619ff-8b86-d011-b42d-00c04fc964ff")]
    [InlineData("6f9619ff", null)]
    public void Guids_are_written_in_one_form(string text, string? normal) => Assert.Equal(normal, new Setting<Guid>("k").Normalise(text));

    [Fact]
    public void Each_number_keeps_to_its_range()
    {
        Assert.Equal(("255", null, null), (new Setting<byte>("k").Normalise("255.0"), new Setting<byte>("k").Normalise("256"), new Setting<byte>("k").Normalise("-1")));
        Assert.Equal(("18446744073709551615", null), (new Setting<ulong>("k").Normalise("18446744073709551615"), new Setting<ulong>("k").Normalise("18446744073709551616")));
        Assert.Equal(("0.1", null), (new Setting<float>("k").Normalise("0.1"), new Setting<float>("k").Normalise("1e39")));
        Assert.Equal(("-32768", null), (new Setting<short?>("k").Normalise("-32768"), new Setting<short?>("k").Normalise("32768")));
        Assert.EndsWith("a whole number from 0 to 255", new Setting<byte>("k").FindFault("256"), StringComparison.Ordinal);
    }

    [Fact]
    public void Half_a_character_is_no_text()
    {
        var text = new Setting<string>("k");
        Assert.All(["a\uD83D", "\uDE00", "\uDE00\uD83D", "\uD83Da"], each => Assert.NotNull(text.FindFault(each)));
        Assert.All(["", "ü", "\uD83D\uDE00", "a\uD83D\uDE00b\uD83D\uDE00"], each => Assert.Null(text.FindFault(each)));
        Assert.Null(SettingCodec<string>.Get().Write("\uD83D"));
    }

    [Theory]
    [InlineData("amqps://broker:5671/host", true)]
    [InlineData("AMQPS://broker", true)]
    [InlineData("https://broker", false)]
    [InlineData("/etc/passwd", false)]
    public void Other_schemes_are_declared(string text, bool isOne) => Assert.Equal(isOne, Setting.Url("k", ["amqp", "AMQPS"]).Accepts(text));

    [Fact]
    public void An_address_of_another_scheme_is_refused_as_a_default()
    {
        Assert.Throws<ArgumentException>(() => Setting.Url("k", ["https"], new Uri("http://example.com")));
        Assert.Throws<ArgumentException>(() => Setting.Url("k", ["https:"]));
        Assert.Throws<ArgumentException>(() => Setting.Url("k", []));
        Assert.Equal("https://example.com", Setting.Url("k", ["https"], new Uri("https://example.com")).DefaultText);
        Assert.EndsWith("an absolute https address", Setting.Url("k", ["https"]).FindFault("http://example.com"), StringComparison.Ordinal);
    }

    [Fact]
    public void Lists_of_enumerations_and_addresses_are_lists()
    {
        var days = Setting.List("days", DayOfWeek.Monday, DayOfWeek.Friday);
        Assert.Equal(("Monday,Friday", SettingType.List), (days.DefaultText, days.Type));
        Assert.True(days.Codec.TryRead("monday, friday", out var read));
        Assert.Equal([DayOfWeek.Monday, DayOfWeek.Friday], read);
        Assert.False(days.Accepts("monday,5"));
        Assert.Equal("https://a.example/", new Setting<IReadOnlyList<Uri>>("k", [new Uri("https://a.example/")]).DefaultText);
        Assert.Same(SettingCodec<IReadOnlyList<int>>.Get(), Setting.List("k", 1).Codec);
        Assert.Throws<ArgumentException>(() => Setting.List<string>("k", "a", null!));
        Assert.Throws<NotSupportedException>(() => Setting.List("k", new Version(1, 0)));
    }

    [Fact]
    public void A_default_is_the_declarations_own()
    {
        var given = new List<int> { 1 };
        var list = new Setting<IReadOnlyList<int>>("list", given);
        var json = Setting.Json("json", given);
        given.Add(2);
        Assert.Equal([1], list.Default);
        Assert.Equal([1], json.Default);
        json.Default.Add(3);
        Assert.Equal([1], json.Default);
    }

    [Fact]
    public void Json_is_one_line_whatever_the_options_say()
    {
        var setting = Setting.Json("k", new Dictionary<string, string>(StringComparer.Ordinal) { ["a"] = "ü" }, new JsonSerializerOptions { WriteIndented = true });
        Assert.Equal("{\"a\":\"ü\"}", setting.DefaultText);
        Assert.Equal("{\"b\":\"<\"}", setting.Normalise("{ \"b\" : \"\\u003c\" }"));
    }

    [Fact]
    public void What_a_constructor_of_the_application_refuses_is_no_value()
    {
        var setting = Setting.Json("k", new Quota(1));
        var fault = setting.FindFault("{\"servers\":-4711}");
        Assert.EndsWith("JSON of Quota", fault, StringComparison.Ordinal);
        Assert.DoesNotContain("4711", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Numbers_booleans_names_and_texts_are_read_without_allocation()
    {
        AllocatesNothing(static () => SettingCodec<int>.Get().TryRead("587", out _));
        AllocatesNothing(static () => SettingCodec<int?>.Get().TryRead("587.0", out _));
        AllocatesNothing(static () => SettingCodec<bool>.Get().TryRead("enabled", out _));
        AllocatesNothing(static () => SettingCodec<string>.Get().TryRead("a text", out _));
        AllocatesNothing(static () => SettingCodec<DayOfWeek>.Get().TryRead("monday", out _));
        AllocatesNothing(static () => SettingCodec.Email.TryRead("a@example.com", out _));
        Assert.NotEqual(0, Allocated(static () => SettingCodec<Uri>.Get().TryRead("http://example.com", out _)));
    }

    // Code that the runtime has not optimised yet boxes values; it optimises when nothing new has been compiled for a while,
    // which in a busy test run takes its time.
    private static void AllocatesNothing(Func<bool> read)
    {
        var waited = Stopwatch.StartNew();
        long allocated;
        while ((allocated = Allocated(read)) > 0 && waited.Elapsed < TimeSpan.FromMinutes(1))
        {
        }

        Assert.Equal(0, allocated);
    }

    private static long Allocated(Func<bool> read)
    {
        Assert.True(read());
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            read();
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private sealed record Quota
    {
        public Quota(int servers) => Servers = servers >= 0 ? servers : throw new ArgumentOutOfRangeException(nameof(servers), servers, "no quota");

        public int Servers { get; }
    }
}
