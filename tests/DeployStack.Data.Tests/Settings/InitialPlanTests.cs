using DeployStack.Data.Settings;
using DeployStack.Data.Settings.Current;
using DeployStack.Data.Settings.Writing;

namespace DeployStack.Data.Tests.Settings;

public sealed class InitialPlanTests
{
    private static readonly DateTimeOffset _now = DateTimeOffset.FromUnixTimeSeconds(7);
    private static readonly Setting<string> _host = new("smtp.host") { Description = "Host", IsRequired = true };
    private static readonly Setting<int> _port = new("smtp.port", 587) { IsRequired = true };
    private static readonly Setting<string> _password = new("smtp.password") { IsSecret = true };
    private static readonly SettingGroup _smtp = new("smtp", "SMTP") { Icon = "mail", SortOrder = 1, Settings = [_host, _port, _password] };

    private static readonly StoredGroup _storedGroup = new("smtp", "SMTP", null, "mail", 1);
    private static readonly SettingEntry _storedHost = new("smtp.host", "mail.example", false, "string", "Host", "smtp", 1);
    private static readonly SettingEntry _storedPort = new("smtp.port", "25", false, "number", null, "smtp", 1);
    private static readonly SettingEntry _storedPassword = new("smtp.password", "", true, "string", null, "smtp", 1);

    [Fact]
    public void An_empty_database_gets_groups_first_and_then_settings()
    {
        var plan = Plan([_smtp, new("other", "Other")], [], []);
        Assert.Equal(["smtp", "other"], plan.Write.CreatedGroups.Select(each => each.Id));
        Assert.Equal(["smtp.host", "smtp.port", "smtp.password"], plan.Write.Created.Select(each => each.Key));
        Assert.Equal(
            ["deploystack_settings_version", "globalSettingGroups", "globalSettings", "deploystack_settings_version"],
            plan.Write.ToStatements(new() { SystemName = "test", InteractiveTransactions = false, SnapshotReads = false, MaxParameters = 100 }, null!).Select(each => each.Sql.Split('"')[1]));
        var result = plan.ToResult();
        Assert.Equal(["smtp.host", "smtp.port", "smtp.password"], result.Created);
        Assert.Empty(result.Skipped);
        Assert.Equal(["smtp.host"], result.MissingRequired);
        Assert.True(result.Groups.All(group => group.IsCreated));
    }

    [Fact]
    public void Nothing_is_written_where_everything_is_there()
    {
        var plan = Plan([_smtp], [_storedGroup], [_storedHost, _storedPort, _storedPassword]);
        Assert.True(plan.Write.IsEmpty);
        Assert.Equal(3, plan.ToResult().Skipped.Count);
        Assert.Empty(plan.ToResult().Created);
        Assert.Empty(plan.ToResult().MissingRequired);
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
    public void What_describes_a_setting_is_refreshed_and_its_value_is_not(string change, string key)
    {
        var plan = Plan(
            [_smtp],
            [_storedGroup],
            [
                new("smtp.host", "mail.example", false, "string", change == "description" ? "Old" : "Host", change == "group" ? null : "smtp", 1),
                new("smtp.port", "25", false, change == "type" ? "string" : "number", null, "smtp", 1),
                new("smtp.password", "", change != "unmarked secret", "string", null, "smtp", 1),
            ]);
        Assert.Equal([key], plan.Write.Redescribed.Select(each => each.Key));
        Assert.Empty(plan.Write.Changed);
        Assert.Equal([key], plan.ToResult().Refreshed);
        Assert.Empty(plan.ToResult().Created);
    }

    [Fact]
    public void A_group_that_was_renamed_is_refreshed()
        => Assert.Equal([_storedGroup], Plan([_smtp], [_storedGroup with { Name = "Old" }], [_storedHost, _storedPort, _storedPassword]).Write.ChangedGroups);

    [Fact]
    public void White_space_counts_as_no_value()
        => Assert.Equal(["smtp.host"], Plan([_smtp], [_storedGroup], [_storedHost.WithValue(" \t", false, 1), _storedPort, _storedPassword]).ToResult().MissingRequired);

    [Fact]
    public void A_secret_in_plain_text_is_reported_and_not_marked_as_ciphertext()
    {
        var plan = Plan([_smtp], [_storedGroup], [_storedHost, _storedPort, _storedPassword.WithValue("plain", false, 1)]);
        Assert.Equal(["smtp.password"], plan.PlainSecrets);
        Assert.True(plan.Write.IsEmpty);
    }

    [Fact]
    public void A_mark_of_a_secret_is_never_taken_away()
        => Assert.True(Plan([_smtp], [_storedGroup], [_storedHost.WithValue("x", true, 1), _storedPort, _storedPassword]).Write.IsEmpty);

    [Fact]
    public void A_row_does_not_print_its_value() => Assert.Equal("smtp.host", _storedHost.ToString());

    private static InitialPlan Plan(IEnumerable<SettingGroup> declared, IEnumerable<StoredGroup> groups, IEnumerable<SettingEntry> settings)
    {
        var builder = new SettingsBuilder();
        foreach (var group in declared)
        {
            builder.Add(group);
        }

        return new(builder, SettingsData.Of(new(1, 1), groups, settings), new(SettingProtectorFactory.Create(new() { UseEnvironment = false }), []), _now, pruneBefore: null);
    }
}
