using DeployStack.Data.Settings;
using DeployStack.Data.Settings.Values;

namespace DeployStack.Data.Tests.Settings;

public sealed class SettingTypeTests
{
    public enum Level
    {
        Low,
        High,
    }

    [Flags]
    public enum Parts
    {
        None = 0,
        Head = 1,
        Tail = 2,
    }

    [Theory]
    [InlineData("TRUE", true)]
    [InlineData("1", true)]
    [InlineData(" yes ", true)]
    [InlineData("On", true)]
    [InlineData("enabled", true)]
    [InlineData("false", false)]
    [InlineData("0", false)]
    [InlineData("NO", false)]
    [InlineData("off", false)]
    [InlineData("disabled", false)]
    [InlineData("maybe", null)]
    [InlineData("2", null)]
    [InlineData("", null)]
    public void Booleans_are_read_in_all_their_words(string text, bool? value) => Assert.Equal(value, Read<bool?>(text));

    [Theory]
    [InlineData("http://localhost:5173", true)]
    [InlineData("https://example.com/a?b#c", true)]
    [InlineData("ftp://example.com", false)]
    [InlineData("/relative", false)]
    [InlineData("javascript:alert(1)", false)]
    [InlineData("http://", false)]
    public void Addresses_are_absolute_and_of_the_web(string text, bool isOne)
    {
        Assert.Equal(isOne, SettingCodec<Uri>.Get().TryRead(text, out var value));
        Assert.Equal(isOne ? text : null, value is null ? null : SettingCodec<Uri>.Get().Write(value));
    }

    [Theory]
    [InlineData("a@example.com", true)]
    [InlineData("first.last+tag@sub.example.com", true)]
    [InlineData("Anna <a@example.com>", false)]
    [InlineData(" a@example.com", false)]
    [InlineData("a@example.com, b@example.com", false)]
    [InlineData("a@b", false)]
    [InlineData("a", false)]
    [InlineData("a@example..com", false)]
    [InlineData("a.@example.com", false)]
    [InlineData(".a@example.com", false)]
    [InlineData("a@-example.com", false)]
    [InlineData("a@example.com.", false)]
    [InlineData("a@b@example.com", false)]
    [InlineData("@example.com", false)]
    [InlineData("\"a b\"@example.com", false)]
    [InlineData("a@[127.0.0.1]", false)]
    [InlineData("a\r\nBcc:b@example.com", false)]
    [InlineData("a\u202eb@example.com", false)]
    [InlineData("jürgen@bücher.example", true)]
    [InlineData("o'neil!#$%&*+-/=?^_`{|}~@example.com", true)]
    public void E_mail_addresses_are_plain(string text, bool isOne)
    {
        var setting = Setting.Email("from");
        Assert.Equal(isOne, setting.Accepts(text));
        Assert.Equal(SettingType.Email, setting.Type);
    }

    [Theory]
    [InlineData("Low", Level.Low)]
    [InlineData("HIGH", Level.High)]
    [InlineData("0", null)]
    [InlineData("7", null)]
    [InlineData("+1", null)]
    [InlineData("Middle", null)]
    [InlineData("Low,High", null)]
    [InlineData(" low ", Level.Low)]
    [InlineData("", null)]
    public void Enumerations_are_read_by_name(string text, Level? value) => Assert.Equal(value, Read<Level?>(text));

    [Fact]
    public void What_has_no_name_is_not_written()
    {
        Assert.Equal("High", SettingCodec<Level>.Get().Write(Level.High));
        Assert.Null(SettingCodec<Level>.Get().Write((Level)7));
        Assert.Equal("Head, Tail", SettingCodec<Parts>.Get().Write(Parts.Head | Parts.Tail));
        Assert.Equal(Parts.Head | Parts.Tail, Read<Parts>("tail,head"));
        Assert.Null(SettingCodec<Parts>.Get().Write((Parts)8));
    }

    [Theory]
    [InlineData("00:05:00", 300.0)]
    [InlineData("1.00:00:00.5", 86400.5)]
    [InlineData("-00:00:01", -1.0)]
    [InlineData("PT5M", 300.0)]
    [InlineData("-PT1S", -1.0)]
    [InlineData("P1D", 86400.0)]
    [InlineData("5 minutes", null)]
    [InlineData("P", null)]
    [InlineData("P99999999999999D", null)]
    [InlineData("300", null)]
    [InlineData(" PT5M ", 300.0)]
    [InlineData("P1M", null)]
    [InlineData("P1Y", null)]
    [InlineData("-P1MT1M", null)]
    public void Durations_are_read_in_two_forms(string text, double? seconds) => Assert.Equal(seconds, Read<TimeSpan?>(text)?.TotalSeconds);

    public static TheoryData<string[], string> Lists => new()
    {
        { [], "[]" },
        { ["a"], "a" },
        { ["a", "b c"], "a,b c" },
        { ["a,b"], "[\"a,b\"]" },
        { [" a"], "[\" a\"]" },
        { [""], "[\"\"]" },
        { ["[a]"], "[\"[a]\"]" },
        { ["ü\"\\\n"], "[\"ü\\\"\\\\\\n\"]" },
    };

    [Theory]
    [MemberData(nameof(Lists))]
    public void Lists_come_back_as_they_were(string[] values, string text)
    {
        var codec = SettingCodec<IReadOnlyList<string>>.Get();
        Assert.Equal(text, codec.Write(values));
        Assert.True(codec.TryRead(text, out var read));
        Assert.Equal(values, read);
        Assert.True(codec.IsImmutable);
        Assert.True(((IList<string>)read).IsReadOnly);
    }

    [Fact]
    public void Lists_are_read_as_DeployStack_writes_them()
    {
        Assert.Equal(["a", "b"], Read<IReadOnlyList<string>>(" a , ,b,"));
        Assert.Equal([1, 2], Read<IReadOnlyList<int>>("[1, \"2\"]"));
        Assert.Null(Read<IReadOnlyList<int>>("1,x"));
        Assert.Null(Read<IReadOnlyList<string>>("[1, {}]"));
        Assert.Equal("1.5,2", SettingCodec<IReadOnlyList<double>>.Get().Write([1.5, 2]));
    }

    [Fact]
    public void Json_makes_an_object_of_its_own_each_time()
    {
        var setting = Setting.Json("shape", new List<int> { 1 });
        Assert.Equal(("[1]", SettingType.Json), (setting.DefaultText, setting.Type));
        Assert.True(setting.Codec.TryRead("[1, 2]", out var one));
        Assert.True(setting.Codec.TryRead("[1, 2]", out var other));
        Assert.NotSame(one, other);
        Assert.False(setting.Codec.IsImmutable);
        Assert.False(setting.Accepts("{"));
        Assert.False(setting.Accepts("null"));
        Assert.Equal("[1,2]", setting.Normalise("[ 1, 2 ]"));
    }

    [Fact]
    public void A_type_that_settings_do_not_have_is_told()
        => Assert.Contains("Setting.Json", Assert.ThrowsAny<Exception>(() => new Setting<Version>("k")).Message, StringComparison.Ordinal);

    private static T? Read<T>(string text) => SettingCodec<T>.Get().TryRead(text, out var value) ? value : default;
}
