using DeployStack.Data.Sqlite;
using DeployStack.Data.Testing.Files;
using DeployStack.Data.Testing.Recording;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace DeployStack.Data.Testing;

/// <summary>The container of one test database, with the engine set up for the test.</summary>
internal static class TestContainer
{
    private static readonly DateTimeOffset _start = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static FakeTimeProvider? ClockOf(TestDatabaseCopyOptions copy, TemplateContent content)
        => copy.UseSystemTime ? null : new(copy.StartTime ?? content.Now ?? _start);

    public static ServiceProvider Build(TestDatabaseOptions options, TestFile? file, TemplateContent content, FakeTimeProvider? time, SqlRecorder recorder)
    {
        var services = new ServiceCollection();
        if (time is not null)
        {
            services.AddSingleton<TimeProvider>(time);
        }

        var builder = services.AddDeployStackSqlite(options.Name, static engine => engine.Profile = SqliteProfile.Testing);
        foreach (var configure in options.Engine)
        {
            services.Configure(options.Name, configure);
        }

        foreach (var configure in options.Features)
        {
            configure(builder);
        }

        // last, whatever an application's own registration has set
        services.PostConfigure<SqliteOptions>(options.Name, engine =>
        {
            engine.Path = file?.Path ?? SqliteSettings.InMemory;
            engine.Image = content.Image;
            engine.WaitClock = TimeProvider.System; // the clock of the test stands still; work that waits must not
            engine.OnQuery = engine.OnQuery is { } own ? own + recorder.Add : recorder.Add;
        });
        return services.BuildServiceProvider();
    }

    /// <summary>Whether the database would be in WAL mode on a file.</summary>
    public static bool IsWal(IServiceProvider services, string name)
        => services.GetRequiredService<IOptionsMonitor<SqliteOptions>>().Get(name).Pragmas.JournalMode is null or SqliteJournalMode.Wal;
}
