using DeployStack.Data.Settings;

namespace DeployStack.Data.Tests.Settings;

public sealed class SettingDeclarationTests
{
    [Theory]
    [InlineData("a")]
    [InlineData("github.oauth.client_id")]
    [InlineData("A-Z_0.9")]
    public void A_key_that_fits_is_taken(string key) => Assert.Equal(key, new Setting<string>(key).Key);

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("ключ")]
    [InlineData("a/b")]
    [InlineData("a'b")]
    public void A_key_that_does_not_fit_is_refused(string key)
    {
        Assert.Throws<ArgumentException>(() => new Setting<string>(key));
        Assert.Throws<ArgumentException>(() => new SettingGroup(key, "Name"));
    }

    [Fact]
    public void A_key_has_at_most_255_characters()
    {
        Assert.Equal(255, new Setting<bool>(new string('k', 255)).Key.Length);
        Assert.Throws<ArgumentException>(() => new Setting<bool>(new string('k', 256)));
    }

    [Fact]
    public void The_kind_follows_from_the_type()
    {
        Assert.Equal(SettingType.String, new Setting<string>("k").Type);
        Assert.Equal(SettingType.Number, new Setting<int>("k").Type);
        Assert.Equal(SettingType.Number, new Setting<decimal?>("k").Type);
        Assert.Equal(SettingType.Boolean, new Setting<bool>("k").Type);
    }

    [Fact]
    public void Without_a_default_a_setting_is_empty()
    {
        Assert.Equal(("", 0, false), (new Setting<string>("k").Default, new Setting<int>("k").Default, new Setting<bool>("k").Default));
        Assert.Equal("", new Setting<int>("k").DefaultText);
        Assert.Equal("0", new Setting<int>("k", 0).DefaultText);
    }

    [Fact]
    public void A_default_that_cannot_be_stored_is_refused()
        => Assert.Throws<ArgumentException>(() => new Setting<double>("k", double.NaN));

    [Fact]
    public void A_key_is_declared_once()
    {
        var builder = new SettingsBuilder().Add(Group("one", new Setting<string>("k")));
        Assert.Contains("'k'", Assert.Throws<ArgumentException>(() => builder.Add(Group("two", new Setting<int>("k")))).Message, StringComparison.Ordinal);
        Assert.Contains("'one'", Assert.Throws<ArgumentException>(() => builder.Add(Group("one"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_group_that_is_refused_leaves_nothing_behind()
    {
        var builder = new SettingsBuilder().Add(Group("one", new Setting<string>("k")));
        Assert.Throws<ArgumentException>(() => builder.Add(Group("two", new Setting<string>("other"), new Setting<int>("k"))));
        Assert.Equal(["one"], builder.Groups.Select(group => group.Id));
        Assert.Equal(["k"], builder.Settings.Keys);
    }

    [Fact]
    public void A_secret_has_no_default()
        => Assert.Throws<ArgumentException>(() => new SettingsBuilder().Add(Group("g", new Setting<string>("k", "hidden") { IsSecret = true })));

    [Fact]
    public void A_group_declared_above_its_settings_is_told_the_reason()
        => Assert.Contains("declare the settings above the group", Assert.Throws<ArgumentException>(() => new SettingsBuilder().Add(Group("g", [null!]))).Message, StringComparison.Ordinal);

    private static SettingGroup Group(string id, params Setting[] settings) => new(id, "Name") { Settings = settings };
}
