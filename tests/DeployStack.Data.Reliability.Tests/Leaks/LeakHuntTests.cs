using DeployStack.Data.Reliability.Support;
using DeployStack.Data.Settings;

namespace DeployStack.Data.Reliability.Leaks;

/// <summary>The plain text of a secret is found nowhere: no file, no backup, no log, span, metric, exception or listing,
/// whatever its way into the database was, and whatever went wrong.</summary>
public sealed class LeakHuntTests
{
    private static readonly string[] _places = ["file ", "file-wal", "file-shm", "backup", "VACUUM INTO", "log", "span", "metric", "query hook", "exception", "export", "listing"];
    private static readonly string[] _placesOfValues = ["file ", "backup", "VACUUM INTO", "export", "listing"];

    private readonly Canary _earlier = new("earlier");
    private readonly Canary _present = new("present");
    private readonly Canary _failed = new("failed");
    private readonly Canary _same = new("adopted and written again");
    private readonly Canary _replaced = new("adopted and replaced");
    private readonly Canary _rotated = new("adopted and rotated");
    private readonly Canary _deleted = new("adopted and deleted");
    private readonly Canary _late = new("became a secret");
    private readonly Canary _open = new("no secret");

    private IEnumerable<Canary> Hidden => [_earlier, _present, _failed, _same, _replaced, _rotated, _deleted];

    [Fact]
    public async Task The_plain_text_of_a_secret_is_found_nowhere()
    {
        using var folder = new ScenarioFolder();
        var haystack = new Haystack();
        await using (var hunt = new Hunt(folder, haystack))
        {
            await AdoptAsync(hunt);
            await hunt.OpenAsync(HuntedSettings.Declare);
            await WriteAsync(hunt);
            await FailAsync(hunt);
            await hunt.FailOnFullDiskAsync(() => WriteAsync(hunt, _failed));
            await hunt.FailOnLockAsync(() => WriteAsync(hunt, _failed));
            hunt.AddKey();
            Assert.Empty((await hunt.Secrets.RotateAsync()).Unreadable);
            Assert.Equal((_present.Text, _rotated.Text), (await hunt.Store.GetAsync(HuntedSettings.Password), await hunt.Store.GetAsync(HuntedSettings.AdoptedRotated)));
            await CollectListingsAsync(hunt);
            await hunt.CollectFilesAsync("while open");
            await hunt.CloseAsync();
            await hunt.CollectFilesAsync("after closing");
            await hunt.OpenAsync(HuntedSettings.Declare, withKeys: false);
            await AssertVacuumWipesAsync(hunt);
            await hunt.FailAsync("no key to encrypt", DatabaseErrorKind.SecretUnreadable, () => WriteAsync(hunt, _failed));
            await hunt.FailAsync("no key to decrypt", DatabaseErrorKind.SecretUnreadable, () => hunt.Store.GetAsync(HuntedSettings.Password).AsTask());
            hunt.CollectTold();
        }

        Assert.All(_places, place => Assert.True(haystack.Has(place), $"Nothing was collected: {place}"));
        var found = Hidden.SelectMany(haystack.Find).ToList();
        Assert.True(found.Count == 0, string.Join('\n', found));
        AssertControl(haystack);
        folder.Passed();
    }

    // what was no secret when it was written was moved about like any value; copies of it go with VACUUM
    private async Task AssertVacuumWipesAsync(Hunt hunt)
    {
        await hunt.Engine.VacuumAsync();
        var files = new Haystack();
        await hunt.CollectFilesAsync("after VACUUM", files);
        Assert.Empty(Hidden.Append(_late).SelectMany(files.Find));
        Assert.NotEmpty(files.Find(_open));
    }

    // what is no secret is found by the same search, where it may stand
    private void AssertControl(Haystack haystack)
    {
        var found = haystack.Find(_open);
        Assert.All(_placesOfValues, place => Assert.Contains(found, each => each.Contains($" in {place}", StringComparison.Ordinal)));
        Assert.DoesNotContain(found, static each => each.Contains(" in log", StringComparison.Ordinal) || each.Contains(" in span", StringComparison.Ordinal)
            || each.Contains(" in metric", StringComparison.Ordinal) || each.Contains(" in exception", StringComparison.Ordinal) || each.Contains(" in query", StringComparison.Ordinal));
    }

    // DeployStack wrote plain text, a later version of the application calls a setting a secret
    private async Task AdoptAsync(Hunt hunt)
    {
        using (var raw = new RawDatabase(hunt.FileName))
        {
            foreach (var statement in HuntedSettings.Upstream(
                (HuntedSettings.AdoptedSame, _same), (HuntedSettings.AdoptedReplaced, _replaced), (HuntedSettings.AdoptedRotated, _rotated), (HuntedSettings.AdoptedDeleted, _deleted)))
            {
                raw.Execute(statement);
            }
        }

        Assert.NotEmpty(_same.FindIn(await File.ReadAllBytesAsync(hunt.FileName))); // it does stand there to begin with
        await hunt.OpenAsync(HuntedSettings.DeclareBefore);
        await hunt.Store.SetAsync(HuntedSettings.OpenToken, _late.Text);
        await hunt.CloseAsync();
    }

    private static Task<SettingsWriteResult> WriteAsync(Hunt hunt, Canary canary)
        => hunt.Store.WriteAsync(new SettingsBatch { Actor = "anna" }.Set(HuntedSettings.Password, canary.Text).Set(HuntedSettings.Pin, 4711));

    private async Task WriteAsync(Hunt hunt)
    {
        await WriteAsync(hunt, _earlier);
        await WriteAsync(hunt, _present);
        var batch = await WriteAsync(hunt, _failed);
        await hunt.Store.UndoAsync(batch.BatchId!.Value);
        await hunt.Store.WriteAsync(new SettingsBatch().Set(HuntedSettings.AdoptedSame, _same.Text).Set(HuntedSettings.AdoptedReplaced, "new").Delete(HuntedSettings.AdoptedDeleted.Key));
        await hunt.Store.SetAsync(HuntedSettings.Note, _open.Text);
        foreach (var other in HuntedSettings.Others)
        {
            await hunt.Store.SetAsync(other, new('p', 60)); // longer: rows move while one secret still stands there in plain text
        }
    }

    private async Task FailAsync(Hunt hunt)
    {
        var text = _failed.Text;
        using var lone = new RawDatabase(hunt.FileName);
        await hunt.FailAsync("constraint", DatabaseErrorKind.CheckViolation, () => hunt.Store.WriteAsync(new SettingsBatch().Set(HuntedSettings.Password, text).Set(HuntedSettings.Note, _open.Text + "2").Set(HuntedSettings.Refused, "refused")));
        lone.Execute("CREATE TRIGGER talkative BEFORE UPDATE ON globalSettings WHEN NEW.key = 'smtp.password' BEGIN SELECT RAISE(ABORT, 'no new password'); END");
        await hunt.FailAsync("trigger", DatabaseErrorKind.CheckViolation, () => WriteAsync(hunt, _failed));
        lone.Execute("DROP TRIGGER talkative");
        await hunt.FailAsync("wrong type", DatabaseErrorKind.InvalidParameter, () => hunt.Store.WriteAsync(new SettingsBatch().SetText("smtp.pin", text).Set("smtp.password", 1)));
        await hunt.FailAsync("read as another type", DatabaseErrorKind.ResultShape, () => hunt.Store.GetAsync<int>("smtp.password").AsTask());
        await hunt.FailAsync("plain text as another type", DatabaseErrorKind.ResultShape, () => hunt.Store.GetAsync<int>(HuntedSettings.AdoptedRotated.Key).AsTask());
        await hunt.FailAsync("rule", DatabaseErrorKind.InvalidParameter, () => hunt.Store.SetAsync(HuntedSettings.Password, text + new string('x', 400)));
        await hunt.FailAsync("half a character", DatabaseErrorKind.InvalidParameter, () => hunt.Store.SetAsync(HuntedSettings.AdoptedRotated, text + "\ud800"));
        await hunt.FailAsync("too long a key", DatabaseErrorKind.InvalidParameter, () => hunt.Store.SetAsync(new string('k', 300), text));
        await hunt.FailAsync("version", DatabaseErrorKind.ExpectationFailed, () => hunt.Store.WriteAsync(new SettingsBatch().Set(HuntedSettings.Password, text, SettingsBatch.AbsentVersion)));
        await hunt.FailAsync("twice", DatabaseErrorKind.InvalidParameter, () => hunt.Store.WriteAsync(new SettingsBatch().Set(HuntedSettings.Password, text).Set(HuntedSettings.Password, text)));
        await hunt.FailAsync("statement", DatabaseErrorKind.NotNullViolation, () => hunt.Database.ExecuteAsync("INSERT INTO globalSettings (key, value) VALUES (@text, NULL)", new { text }));
        lone.Execute($"UPDATE globalSettings SET value = 'ds1:{text}' WHERE key = 'smtp.pin'");
        await hunt.FailAsync("no ciphertext", DatabaseErrorKind.SecretUnreadable, () => hunt.Store.GetAsync(HuntedSettings.Pin).AsTask());
        lone.Execute("PRAGMA secure_delete=ON");
        lone.Execute("UPDATE globalSettings SET value = '' WHERE key = 'smtp.pin'");
    }

    private static async Task CollectListingsAsync(Hunt hunt)
    {
        var snapshot = await hunt.Store.GetSnapshotAsync();
        object[] listed =
        [
            hunt.Store, snapshot, hunt.Database, await hunt.Secrets.GetStatusAsync(), new SettingsBatch().Set(HuntedSettings.Password, await hunt.Store.GetAsync(HuntedSettings.Password)),
            .. snapshot.Groups.SelectMany(static group => group.Settings), .. (await hunt.Store.GetHistoryAsync(new() { Limit = 1_000 })).SelectMany(static entry => entry.Changes),
        ];
        foreach (var each in listed)
        {
            hunt.Haystack.Add($"listing, {each.GetType().Name}", each);
        }

        foreach (var passPhrase in new[] { null, "a pass phrase that is long enough" })
        {
            using var stream = new MemoryStream();
            await hunt.Store.ExportAsync(stream, new() { PassPhrase = passPhrase });
            hunt.Haystack.Add($"export {(passPhrase is null ? "without secrets" : "under a pass phrase")}", stream.ToArray());
        }
    }
}
