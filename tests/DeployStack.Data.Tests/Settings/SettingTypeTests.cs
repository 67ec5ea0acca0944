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
    [InlineData("Low,High", Level.High)]
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

    [Theory]
    [InlineData("github-oauth", "github.oauth.client_id", "client_id")]
    [InlineData("smtp", "smtp.host", "host")]
    [InlineData("smtp", "SMTP.host", "host")]
    [InlineData("smtp", "smtp", "smtp")]
    [InlineData("smtp", "smtp.", "smtp.")]
    [InlineData("smtp", "smtpx.host", "smtpx.host")]
    [InlineData("smtp", "other.host", "other.host")]
    [InlineData("a.b", "a.b.c", "c")]
    [InlineData("a.b", "a-b.c", "c")]
    [InlineData("a.b", "a_b.c.d", "c.d")]
    [InlineData("a", "a.a.b", "a.b")]
    [InlineData("ab", "a.b.c", "c")]
    [InlineData("--", "a.b", "a.b")]
    public void The_short_name_is_what_the_group_does_not_say(string group, string key, string name) => Assert.Equal(name, SettingKey.Relative(group, key));

    [Fact]
    public void Rules_are_told_without_the_value()
    {
        var port = new Setting<int>("port", 587) { Validation = SettingValidation.Range(1, 65535) };
        var name = new Setting<string>("name") { Validation = SettingValidation.Length(2, 4).And(SettingValidation.Pattern("[a-z]+")) };
        var back = new Setting<string>("back") { Validation = SettingValidation.Pattern(@"(a)\1") };
        var color = new Setting<string>("color") { Validation = SettingValidation.OneOf("red", "blue") };
        var even = new Setting<long>("even") { Validation = SettingValidation.Must<long>(static value => value % 2 == 0 ? null : "must be even") };
        var broken = new Setting<string>("broken") { Validation = SettingValidation.Must<string>(static value => throw new InvalidOperationException(value)) };
        var delay = new Setting<TimeSpan>("delay") { Validation = SettingValidation.Range(TimeSpan.Zero, TimeSpan.FromMinutes(1)) };
        Assert.Contains("must be from 1 to 65535", port.FindFault("70000"), StringComparison.Ordinal);
        Assert.Contains("from 2 to 4 characters", name.FindFault("abcde"), StringComparison.Ordinal);
        Assert.Contains("[a-z]+", name.FindFault("ab1"), StringComparison.Ordinal);
        Assert.Contains("one of red, blue", color.FindFault("green"), StringComparison.Ordinal);
        Assert.Contains("must be even", even.FindFault("3"), StringComparison.Ordinal);
        Assert.Contains("00:01:00", delay.FindFault("01:00:00"), StringComparison.Ordinal);
        Assert.Contains(nameof(InvalidOperationException), broken.FindFault("hidden-value"), StringComparison.Ordinal);
        Assert.DoesNotContain("hidden-value", broken.FindFault("hidden-value"), StringComparison.Ordinal);
        Assert.All([port.FindFault("1"), name.FindFault("abc"), back.FindFault("aa"), color.FindFault("red"), even.FindFault("4"), delay.FindFault("PT1S")], Assert.Null);
        Assert.NotNull(back.FindFault("ab"));
    }

    [Fact]
    public void A_default_that_breaks_its_own_rule_is_refused()
    {
        var setting = new Setting<int>("port", 0) { Validation = SettingValidation.Range(1, 65535) };
        var error = Assert.Throws<ArgumentException>(() => new SettingsBuilder().Add(new SettingGroup("g", "G") { Settings = [setting] }));
        Assert.Contains("'port'", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => SettingValidation.Range(2, 1));
        Assert.Throws<ArgumentException>(() => SettingValidation.Length(2, 1));
        Assert.Throws<ArgumentException>(() => Setting.Email("mail", "no address"));
    }

    private static T? Read<T>(string text) => SettingCodec<T>.Get().TryRead(text, out var value) ? value : default;
}
