using System.Diagnostics;
using DeployStack.Data.Migrations;
using DeployStack.Data.Quickstart.Report;
using DeployStack.Data.Quickstart.Settings;
using DeployStack.Data.Quickstart.Workload;
using DeployStack.Data.Settings;
using DeployStack.Data.Sqlite;

namespace DeployStack.Data.Quickstart;

/// <summary>From no file to a database under load, step by step; safe to run again.</summary>
internal sealed class Tour(
    IDeployStackDatabase database, ISqliteEngine engine, IMigrationRunner migrations, ISettingsStore settings, SettingKeys keys, TimeProvider time, Page page)
{
    private const string TeamsOfUser = """
        SELECT t.id, t.name, m.role
        FROM teamMemberships m JOIN teams t ON t.id = m.team_id
        WHERE m.user_id = @user ORDER BY t.name
        """;

    /// <returns>Whether everything went well.</returns>
    public async Task<bool> RunAsync(Arguments arguments, CancellationToken cancellationToken)
    {
        await OpenAsync(cancellationToken);
        if (!await MigrateAsync(cancellationToken))
        {
            return false;
        }

        var isGood = await InitializeSettingsAsync(cancellationToken);
        await ReadTypedAsync(cancellationToken);
        isGood &= await KeepSecretAsync(cancellationToken);
        isGood &= await ExplainAsync(cancellationToken);
        DatabaseReport.Write(page, await engine.GetStatisticsAsync(cancellationToken));
        if (arguments.Seconds > 0)
        {
            isGood &= await ReplayAsync(arguments, cancellationToken);
            await CheckpointAsync(cancellationToken);
        }

        return isGood;
    }

    private async Task OpenAsync(CancellationToken cancellationToken)
    {
        var existed = File.Exists(engine.Path);
        await database.OpenAsync(cancellationToken);
        await database.ExecuteScalarAsync<long>("PRAGMA user_version", cancellationToken: cancellationToken); // opens a reader, whose settings are shown too
        DatabaseReport.Write(page, engine, existed, await engine.GetEffectiveSettingsAsync(cancellationToken));
    }

    private async Task<bool> MigrateAsync(CancellationToken cancellationToken)
    {
        var lint = await migrations.LintAsync(cancellationToken);
        var rehearsal = await migrations.RehearseAsync(cancellationToken: cancellationToken);
        return MigrationReport.Write(page, lint, rehearsal)
            && MigrationReport.Write(page, await migrations.ApplyAsync(cancellationToken), await migrations.ValidateAsync(cancellationToken));
    }

    private async Task<bool> InitializeSettingsAsync(CancellationToken cancellationToken)
    {
        var before = await ReadSettingsAsync(cancellationToken);
        var started = Stopwatch.GetTimestamp();
        var result = await settings.InitializeAsync(cancellationToken);
        var duration = Stopwatch.GetElapsedTime(started);
        var after = await ReadSettingsAsync(cancellationToken);
        SettingsReport.Write(page, DeployStackSettings.Groups, result, duration, after);

        var touched = result.Skipped.Where(key => before.TryGetValue(key, out var setting) && setting.Value != after[key].Value).ToList();
        page.Line("values touched", touched.Count == 0 ? "none" : string.Join(", ", touched));
        if (result.Created.Contains(DeployStackSettings.Global.PageUrl.Key))
        {
            // the next run finds this value, not the default
            await settings.SetAsync(DeployStackSettings.Global.PageUrl, "https://deploystack.example.com", cancellationToken);
            page.Line("written", $"{DeployStackSettings.Global.PageUrl.Key}, which the next run will keep");
        }

        return touched.Count == 0;
    }

    private async Task<Dictionary<string, SettingValue>> ReadSettingsAsync(CancellationToken cancellationToken)
    {
        var values = new Dictionary<string, SettingValue>(StringComparer.Ordinal);
        foreach (var group in DeployStackSettings.Groups)
        {
            foreach (var setting in await settings.GetGroupAsync(group.Id, cancellationToken))
            {
                values.Add(setting.Key, setting);
            }
        }

        return values;
    }

    private async Task ReadTypedAsync(CancellationToken cancellationToken)
    {
        string url = await settings.GetAsync(DeployStackSettings.Global.PageUrl, cancellationToken);
        int port = await settings.GetAsync(DeployStackSettings.Smtp.Port, cancellationToken);
        bool isSecure = await settings.GetAsync(DeployStackSettings.Smtp.Secure, cancellationToken);
        page.Title("Typed reads");
        page.Table(
            ["", "", ""],
            [
                ["string", "GetAsync(Global.PageUrl)", url],
                ["int", "GetAsync(Smtp.Port)", $"{port}"],
                ["bool", "GetAsync(Smtp.Secure)", isSecure ? "true" : "false"],
            ]);
    }

    private async Task<bool> KeepSecretAsync(CancellationToken cancellationToken)
    {
        const string Password = "correct horse battery staple"; // of the tour; yours comes from a person or a vault
        var isNew = keys.Ensure();
        await settings.WriteAsync(new SettingsBatch { Actor = "quickstart" }.Set(DeployStackSettings.Smtp.Password, Password), cancellationToken);
        var snapshot = await settings.GetSnapshotAsync(cancellationToken);
        var stored = await database.ExecuteScalarAsync<string>("SELECT value FROM globalSettings WHERE key = 'smtp.password'", cancellationToken: cancellationToken);
        var isRead = snapshot.Get(DeployStackSettings.Smtp.Password) == Password;
        SecretReport.Write(page, keys.Path, isNew, snapshot.Describe(DeployStackSettings.Smtp.Password.Key)!, stored!, isRead);
        return isRead;
    }

    private async Task<bool> ExplainAsync(CancellationToken cancellationToken)
    {
        var plan = await database.QueryAsync<PlanReport.PlanStep>($"EXPLAIN QUERY PLAN {TeamsOfUser}", new { user = SampleData.User(0) }, cancellationToken: cancellationToken);
        return PlanReport.Write(page, TeamsOfUser, plan);
    }

    private async Task<bool> ReplayAsync(Arguments arguments, CancellationToken cancellationToken)
    {
        WorkloadReport.WriteTitle(page, arguments);
        await SampleData.CreateAsync(database, time, cancellationToken);
        using var run = new WorkloadRun(database, time);
        var result = await run.RunAsync(TimeSpan.FromSeconds(arguments.Seconds), arguments.Rate, cancellationToken);
        WorkloadReport.Write(page, result);
        return result.IsGood;
    }

    // the library does it by itself, when the log is long, when nobody writes, and at the end
    private async Task CheckpointAsync(CancellationToken cancellationToken)
    {
        var before = await engine.GetStatisticsAsync(cancellationToken);
        var checkpoint = await engine.CheckpointAsync(cancellationToken: cancellationToken);
        DatabaseReport.Write(page, before, checkpoint, await engine.GetStatisticsAsync(cancellationToken));
    }
}
