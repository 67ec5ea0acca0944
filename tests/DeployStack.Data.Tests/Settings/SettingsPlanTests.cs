using DeployStack.Data.Settings;
using DeployStack.Data.Settings.Storage;

namespace DeployStack.Data.Tests.Settings;

public sealed class SettingsPlanTests
{
    private static readonly Setting<string> _host = new("smtp.host") { Description = "Host", IsRequired = true };
    private static readonly Setting<int> _port = new("smtp.port", 587) { IsRequired = true };
    private static readonly Setting<string> _password = new("smtp.password") { IsSecret = true };
    private static readonly SettingGroup _smtp = new("smtp", "SMTP") { Icon = "mail", SortOrder = 1, Settings = [_host, _port, _password] };

    private static readonly StoredGroup _storedGroup = new("smtp", "SMTP", null, "mail", 1);
    private static readonly StoredSetting _storedHost = new("smtp.host", "mail.example", "string", "Host", 0, "smtp", 1);
    private static readonly StoredSetting _storedPort = new("smtp.port", "25", "number", null, 0, "smtp", 1);
    private static readonly StoredSetting _storedPassword = new("smtp.password", "", "string", null, 1, "smtp", 1);

    [Fact]
    public void An_empty_database_gets_groups_first_and_then_settings()
    {
        var plan = new SettingsPlan([_smtp, new("other", "Other")], [], [], 7);
        Assert.Equal(
            ["globalSettingGroups", "globalSettingGroups", "globalSettings", "globalSettings", "globalSettings"],
            plan.Statements.Select(each => each.Sql.Split('"')[1]));
        var result = plan.ToResult([1, 1, 1, 1, 1]);
        Assert.Equal(["smtp.host", "smtp.port", "smtp.password"], result.Created);
        Assert.Empty(result.Skipped);
        Assert.Equal(["smtp.host"], result.MissingRequired);
        Assert.True(result.Groups.All(group => group.IsCreated));
    }

    [Fact]
    public void Nothing_is_written_where_everything_is_there()
    {
        var plan = new SettingsPlan([_smtp], [_storedGroup], [_storedHost, _storedPort, _storedPassword], 7);
        Assert.Empty(plan.Statements);
        var result = plan.ToResult([]);
        Assert.Equal(3, result.Skipped.Count);
        Assert.Empty(result.Created);
        Assert.Empty(result.MissingRequired);
    }

    public static TheoryData<string, string> Changes => new()
    {
        { "type", "smtp.port" },
        { "description", "smtp.host" },
        { "group", "smtp.host" },
        { "unmarked secret", "smtp.password" },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public void What_describes_a_setting_is_refreshed(string change, string key)
    {
        var plan = new SettingsPlan(
            [_smtp],
            [_storedGroup],
            [
                _storedHost with { Description = change == "description" ? "Old" : "Host", GroupId = change == "group" ? null : "smtp" },
                _storedPort with { Type = change == "type" ? "string" : "number" },
                _storedPassword with { IsEncrypted = change == "unmarked secret" ? 0 : 1 },
            ],
            7);
        var sql = Assert.Single(plan.Statements).Sql;
        Assert.StartsWith("UPDATE", sql, StringComparison.Ordinal);
        Assert.DoesNotContain("@value", sql, StringComparison.Ordinal);
        Assert.Equal([key], plan.ToResult([1]).Refreshed);
        Assert.Empty(plan.ToResult([1]).Created);
    }

    [Fact]
    public void A_group_that_was_renamed_is_refreshed()
        => Assert.StartsWith("UPDATE \"globalSettingGroups\"", Assert.Single(new SettingsPlan([_smtp], [_storedGroup with { Name = "Old" }], [_storedHost, _storedPort, _storedPassword], 7).Statements).Sql, StringComparison.Ordinal);

    [Fact]
    public void A_setting_that_another_process_created_meanwhile_is_skipped()
    {
        var result = new SettingsPlan([_smtp], [_storedGroup], [_storedHost], 7).ToResult([0, 1]);
        Assert.Equal(["smtp.password"], result.Created);
        Assert.Equal(["smtp.host", "smtp.port"], result.Skipped);
    }

    [Fact]
    public void White_space_counts_as_no_value()
        => Assert.Equal(["smtp.host"], new SettingsPlan([_smtp], [_storedGroup], [_storedHost with { Value = " \t" }, _storedPort, _storedPassword], 7).ToResult([]).MissingRequired);

    [Fact]
    public void A_secret_in_plain_text_is_reported_and_not_marked_as_ciphertext()
    {
        var plan = new SettingsPlan([_smtp], [_storedGroup], [_storedHost, _storedPort, _storedPassword with { Value = "plain", IsEncrypted = 0 }], 7);
        Assert.Equal(["smtp.password"], plan.PlainSecrets);
        Assert.Empty(plan.Statements);
    }

    [Fact]
    public void A_mark_of_a_secret_is_never_taken_away()
        => Assert.Empty(new SettingsPlan([_smtp], [_storedGroup], [_storedHost with { IsEncrypted = 1 }, _storedPort, _storedPassword], 7).Statements);

    [Fact]
    public void A_row_does_not_print_its_value() => Assert.Equal("smtp.host", _storedHost.ToString());
}
