using DeployStack.Data.Settings;
using Xunit;

namespace DeployStack.Data.Testing.Conformance.Settings;

/// <summary>The history of settings: who, when, what, and the way back.</summary>
/// <param name="fixture">The provider under test.</param>
public abstract class SettingHistoryTests(ConformanceFixture fixture) : ConformanceSuite(fixture)
{
    [Fact]
    public async Task The_history_tells_who_changed_what_and_when()
    {
        var time = new Clock(new(2026, 3, 1, 12, 0, 0, 250, TimeSpan.Zero));
        var store = Mail.Store(CreateDatabase(), time);
        await store.InitializeAsync();
        await store.WriteAsync(new SettingsBatch { Actor = "anna", Reason = "new \"server\" – €" }.Set(Mail.Host, "a\n\"b\"\\é🔑").Set(Mail.Port, 25));
        time.Advance(TimeSpan.FromMinutes(1));
        await store.WriteAsync(new SettingsBatch { Actor = "bert" }.Set(Mail.Port, 26).Delete("smtp.rate"));
        var entries = await store.GetHistoryAsync();
        Assert.Equal([("bert", null, "2026-03-01T12:01:00.250"), ("anna", "new \"server\" – €", "2026-03-01T12:00:00.250")], entries.Select(static each => (each.Actor, each.Reason, each.At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff", System.Globalization.CultureInfo.InvariantCulture))));
        Assert.Equal(
            [new("smtp.port", SettingHistoryKind.Changed, "25", "26", IsSecret: false), new("smtp.rate", SettingHistoryKind.Deleted, "1.50", null, IsSecret: false)],
            entries[0].Changes);
        Assert.Equal(("smtp.host", "", "a\n\"b\"\\é🔑"), (entries[1].Changes[0].Key, entries[1].Changes[0].OldValue, entries[1].Changes[0].NewValue));
    }

    [Fact]
    public async Task The_history_is_read_by_key_and_page_by_page()
    {
        var store = await InitializedAsync(CreateDatabase());
        for (var i = 0; i < 7; i++)
        {
            await store.WriteAsync(new SettingsBatch().Set(Mail.Port, i).Set(i % 2 == 0 ? Mail.Host : Mail.PageUrl, $"{i}"));
        }

        var hosts = await store.GetHistoryAsync(new() { Key = "smtp.host" });
        Assert.Equal(["6", "4", "2", "0"], hosts.Select(static each => Assert.Single(each.Changes).NewValue));
        Assert.Empty(await store.GetHistoryAsync(new() { Key = "smtp.hos" }));
        var first = await store.GetHistoryAsync(new() { Limit = 3 });
        var second = await store.GetHistoryAsync(new() { Limit = 3, Before = first[^1].BatchId });
        Assert.Equal(["6", "5", "4", "3", "2", "1"], first.Concat(second).Select(static each => each.Changes.Single(static change => change.Key == "smtp.port").NewValue));
        Assert.Equal(2, Assert.Single(await store.GetHistoryAsync(new() { BatchId = first[0].BatchId })).Changes.Count);
    }

    [Fact]
    public async Task A_batch_is_undone_whole()
    {
        var database = CreateDatabase();
        var store = await InitializedAsync(database);
        await store.DeleteAsync("smtp.secure");
        var before = await ContentAsync(database);
        var batch = await store.WriteAsync(new SettingsBatch().Set(Mail.Host, "mail.example").Set(Mail.Port, 25).Delete("smtp.rate").Set(Mail.Secure, value: false));
        Assert.NotEqual(before, await ContentAsync(database));
        var undo = await store.UndoAsync(batch.BatchId!.Value, "anna");
        Assert.Equal(before, await ContentAsync(database));
        Assert.Equal(("anna", $"undo of batch {batch.BatchId}"), ((await store.GetHistoryAsync())[0].Actor, (await store.GetHistoryAsync())[0].Reason));
        await store.UndoAsync(undo.BatchId!.Value);
        Assert.Equal(("mail.example", 25, false, false), (await store.GetAsync(Mail.Host), await store.GetAsync(Mail.Port), await store.GetAsync(Mail.Secure), await store.ExistsAsync("smtp.rate")));
    }

    [Fact]
    public async Task What_was_changed_since_is_not_undone()
    {
        var store = await InitializedAsync(CreateDatabase());
        var batch = await store.WriteAsync(new SettingsBatch().Set(Mail.Host, "mail.example").Set(Mail.Port, 25));
        await store.SetAsync(Mail.Port, 26);
        var error = Assert.IsType<SettingException>(await ThrowsAsync(DatabaseErrorKind.ExpectationFailed, () => store.UndoAsync(batch.BatchId!.Value)));
        Assert.Equal(["smtp.port"], error.Errors.Select(static each => each.Key));
        Assert.Equal(("mail.example", 26), (await store.GetAsync(Mail.Host), await store.GetAsync(Mail.Port)));
        await ThrowsAsync(DatabaseErrorKind.InvalidParameter, () => store.UndoAsync(999_999));
    }

    [Fact]
    public async Task A_history_of_thousands_of_changes_is_whole()
    {
        var settings = Enumerable.Range(0, 2_500).Select(static i => new Setting<long>($"many.{i:0000}", i)).ToList();
        var store = Mail.Store(CreateDatabase(), new SettingGroup("many", "Many") { Settings = settings });
        await store.InitializeAsync();
        var batch = new SettingsBatch(settings.Count);
        foreach (var setting in settings)
        {
            batch.Set(setting, setting.Default + 1);
        }

        var result = await store.WriteAsync(batch);
        Assert.Equal(2_500, Assert.Single(await store.GetHistoryAsync()).Changes.Count);
        Assert.Equal(2_500, await store.GetAsync(settings[^1]));
        await store.UndoAsync(result.BatchId!.Value);
        Assert.Equal(settings.Select(static each => each.Default), await Task.WhenAll(settings.Select(each => store.GetAsync(each).AsTask())));
    }

    [Fact]
    public async Task What_is_older_than_the_retention_goes()
    {
        var time = new Clock(new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero));
        var database = CreateDatabase();
        var store = Mail.Store(database, time);
        await store.InitializeAsync();
        await store.SetAsync(Mail.Port, 1);
        time.Advance(TimeSpan.FromDays(366));
        await store.SetAsync(Mail.Port, 2);
        Assert.Equal("2", Assert.Single(Assert.Single(await store.GetHistoryAsync()).Changes).NewValue);
        time.Advance(TimeSpan.FromDays(366));
        await Mail.Store(database, time, new SettingGroup("smtp", "Renamed") { Settings = [Mail.Port] }).InitializeAsync();
        Assert.Empty(await store.GetHistoryAsync());
    }

    private static async Task<string> ContentAsync(IDeployStackDatabase database) => string.Join('\n', await database.QueryAsync<(string, string, string, string?, long, string?)>(
        "SELECT \"key\", value, type, description, is_encrypted, group_id FROM \"globalSettings\" ORDER BY \"key\""));

    private static async Task<ISettingsStore> InitializedAsync(IDeployStackDatabase database)
    {
        var store = Mail.Store(database);
        await store.InitializeAsync();
        return store;
    }
}
