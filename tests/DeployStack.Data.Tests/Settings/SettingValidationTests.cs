using System.Text.RegularExpressions;
using DeployStack.Data.Settings;

namespace DeployStack.Data.Tests.Settings;

public sealed partial class SettingValidationTests
{
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

    [Fact]
    public void A_bound_may_stand_alone()
    {
        var least = new Setting<int>("least") { Validation = SettingValidation.AtLeast(1) };
        var greatest = new Setting<double>("greatest") { Validation = SettingValidation.AtMost(0.5) };
        var late = new Setting<DateOnly>("late") { Validation = SettingValidation.AtLeast(new DateOnly(2026, 2, 3)) };
        Assert.EndsWith("must be at least 1", least.FindFault("0"), StringComparison.Ordinal);
        Assert.EndsWith("must be at most 0.5", greatest.FindFault("0.6"), StringComparison.Ordinal);
        Assert.EndsWith("must be at least 2026-02-03", late.FindFault("2026-02-02"), StringComparison.Ordinal);
        Assert.All([least.FindFault("1"), greatest.FindFault("0.5"), late.FindFault("2026-02-03")], Assert.Null);
        Assert.Throws<ArgumentException>(() => SettingValidation.AtLeast(double.NaN));
        Assert.Throws<ArgumentException>(() => SettingValidation.Range(double.NaN, 1));
    }

    [Fact]
    public void A_setting_that_can_be_null_has_rules_too()
    {
        var setting = new Setting<int?>("port", 80) { Validation = SettingValidation.Range(1, 65535).OrNull() };
        Assert.Null(setting.FindFault("80"));
        Assert.EndsWith("must be from 1 to 65535", setting.FindFault("0"), StringComparison.Ordinal);
        Assert.Null(setting.Validation.FindFault(null));
    }

    [Fact]
    public void Lists_have_rules_for_their_size_and_for_each_element()
    {
        var setting = new Setting<IReadOnlyList<int>>("ports", [1])
        {
            Validation = SettingValidation.Count<int>(1, 3).And(SettingValidation.Each(SettingValidation.Range(1, 9))),
        };
        Assert.Null(setting.FindFault("1,2,3"));
        Assert.EndsWith("must have from 1 to 3 elements", setting.FindFault("[]"), StringComparison.Ordinal);
        Assert.EndsWith("each must be from 1 to 9", setting.FindFault("1,70"), StringComparison.Ordinal);
        Assert.DoesNotContain("70", setting.FindFault("1,70"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, int.MaxValue, "must have at least 2 characters")]
    [InlineData(0, 0, "must have at most 0 characters")]
    [InlineData(3, 4, "must have from 3 to 4 characters")]
    public void A_length_is_told_as_it_is_meant(int least, int most, string told)
        => Assert.Equal(told, SettingValidation.Length(least, most).FindFault("x"));

    [Fact]
    public void A_pattern_is_matched_as_a_whole_and_one_of_the_application_as_it_is()
    {
        Assert.Null(SettingValidation.Pattern("a|b").FindFault("b"));
        Assert.NotNull(SettingValidation.Pattern("a|b").FindFault("ab"));
        Assert.NotNull(SettingValidation.Pattern("a").FindFault("a\n"));
        Assert.Null(SettingValidation.Pattern(Digit()).FindFault("a1b"));
        Assert.EndsWith("[0-9]", SettingValidation.Pattern(Digit()).FindFault("hidden"), StringComparison.Ordinal);
        Assert.ThrowsAny<ArgumentException>(() => SettingValidation.Pattern("a)|(b"));
        Assert.Throws<ArgumentException>(() => SettingValidation.Pattern(NoLimit()));
    }

    [Fact]
    public void A_pattern_that_takes_too_long_is_an_error_of_the_setting()
    {
        var slow = SettingValidation.Pattern(Slow());
        Assert.Contains(nameof(RegexMatchTimeoutException), slow.FindFault(new string('a', 40) + "!"), StringComparison.Ordinal);
    }

    [Fact]
    public void One_of_some_values_is_told_as_settings_write_them()
    {
        Assert.EndsWith("must be one of 0.5, 1", SettingValidation.OneOf(0.5, 1).FindFault(2), StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => SettingValidation.OneOf(double.NaN));
        var values = new List<string> { "a" };
        var rule = SettingValidation.OneOf(values);
        values.Add("b");
        Assert.NotNull(rule.FindFault("b"));
    }

    [GeneratedRegex("[0-9]", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Digit();

#pragma warning disable MA0009, MA0023 // the subject of the tests: what has no limit, and what goes back for ever
    [GeneratedRegex("[0-9]")]
    private static partial Regex NoLimit();

    [GeneratedRegex("^(a+)+$", RegexOptions.None, matchTimeoutMilliseconds: 20)]
    private static partial Regex Slow();
#pragma warning restore MA0009, MA0023
}
