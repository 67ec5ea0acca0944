using DeployStack.Data.Migrations.Adoption;
using DeployStack.Data.Migrations.Lint;

namespace DeployStack.Data.Migrations;

/// <summary>Where the migrations of one database come from and how they are run.</summary>
public sealed class MigrationOptions
{
    /// <summary>Folders, assemblies, scripts and classes, whose migrations form one ordered set. Empty by default. The same
    /// source given twice counts once.</summary>
    public IList<MigrationSource> Sources { get; } = [];

    /// <summary>Readers of histories that other tools left in the database. Empty by default.</summary>
    public IList<IMigrationAdoption> Adoptions { get; } = [];

    /// <summary>What happens to a migration that is not applied although a newer one is. Default
    /// <see cref="LateMigrationPolicy.Apply"/>.</summary>
    public LateMigrationPolicy LateMigrations { get; set; }

    /// <summary>What happens where the database has applied migrations that this application does not have, older than its
    /// newest: deleted since, or of another branch. Default <see cref="UnknownMigrationPolicy.Fail"/>. A repeatable script
    /// that is gone only gives a warning.</summary>
    public UnknownMigrationPolicy MissingMigrations { get; set; }

    /// <summary>What happens where the database has applied migrations that are newer than the newest of this application:
    /// a newer version was here. Default <see cref="UnknownMigrationPolicy.Fail"/>. <see cref="UnknownMigrationPolicy.Warn"/>
    /// is for going back to an older version that is known to get along with the newer schema.</summary>
    public UnknownMigrationPolicy SupersededMigrations { get; set; }

    /// <summary>Called once by a run that has something to apply, before the first migration; the place for a backup.
    /// Several instances that start at once each call theirs. If it fails, nothing is applied and the run fails with a
    /// <see cref="MigrationException"/> around the error. <see langword="null"/> (the default) does nothing.</summary>
    public Func<MigrationPlan, CancellationToken, Task>? BeforeMigrate { get; set; }

    /// <summary>Told after each migration that a run applied. <see langword="null"/> by default; the log tells it anyway.</summary>
    public IProgress<MigrationProgress>? Progress { get; set; }

    /// <summary>How long one migration may take, the wait for the write lock included; past it the migration is undone
    /// and fails. <see langword="null"/> (the default) leaves the wait to the database's acquire timeout and the running
    /// unlimited. Must be positive.</summary>
    public TimeSpan? Deadline { get; set; }

    /// <summary>What is done with the findings of the lint of pending migrations. By default errors that no file
    /// acknowledges (rows lost through a foreign key, statements that cannot run) fail the call before anything runs, and
    /// warnings are logged.</summary>
    public LintPolicy Lint { get; set; } = LintPolicy.Fail;

    /// <summary>What stands before the identities, with its slash (<c>settings/</c>): features that own tables have
    /// histories of their own in the one table. Empty for the application.</summary>
    internal string Stream { get; init; } = string.Empty;

    /// <summary>On whose behalf the statements of the scripts run; the runner's own are the host's. <see langword="null"/>
    /// for the application.</summary>
    internal Principal? Principal { get; init; }

    /// <summary>The same for a run on a copy, of which the application is told nothing.</summary>
    internal MigrationOptions WithoutHooks()
    {
        var options = new MigrationOptions
        {
            LateMigrations = LateMigrations,
            MissingMigrations = MissingMigrations,
            SupersededMigrations = SupersededMigrations,
            Deadline = Deadline,
            Lint = Lint,
            Stream = Stream,
            Principal = Principal,
        };
        foreach (var source in Sources)
        {
            options.Sources.Add(source);
        }

        foreach (var adoption in Adoptions)
        {
            options.Adoptions.Add(adoption);
        }

        return options;
    }
}
