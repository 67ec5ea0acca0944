using DeployStack.Data.Migrations;
using DeployStack.Data.Plugins;
using DeployStack.Data.Settings;
using DeployStack.Data.Sqlite;
using DeployStack.Data.Sqlite.Engine;
using DeployStack.Data.Testing.Files;
using DeployStack.Data.Testing.Recording;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace DeployStack.Data.Testing;

/// <summary>A fresh SQLite database of one test: migrated, seeded, isolated from all others, gone at disposal.</summary>
/// <remarks>It is an <see cref="IDeployStackDatabase"/> itself, so it can be queried and handed to the code under test. Get it
/// from a <see cref="TestDatabaseTemplate"/>. Works with every test framework and without one; thread-safe.</remarks>
/// <example><code>
/// await using var db = await Template.CreateAsync();
/// await db.ExecuteAsync("INSERT INTO teams (name) VALUES ('first')");
/// </code></example>
public sealed class TestDatabase : IDeployStackDatabase
{
    private readonly ServiceProvider _services;
    private readonly TestDatabaseCopyOptions _options;
    private readonly TestFile? _file;
    private readonly FakeTimeProvider? _time;
    private readonly SqlRecorder _recorder;
    private readonly IDeployStackDatabase _database;
    private readonly Lock _closing = new();
    private bool _isKept;
    private bool _hasFailed;
    private Task? _closed;

    private TestDatabase(TestDatabaseOptions options, TestDatabaseCopyOptions copy, TemplateContent content, TestFile? file)
    {
        _options = copy;
        _file = file;
        _time = TestContainer.ClockOf(copy, content);
        _recorder = new();
        _services = TestContainer.Build(options, file, content, _time, _recorder);
        _database = _services.GetRequiredKeyedService<IDeployStackDatabase>(options.Name);
    }

    /// <summary>The container: database, migrations, settings, and what the options have added.</summary>
    public IServiceProvider Services => _services;

    /// <summary>The database as an application gets it from its container.</summary>
    public IDeployStackDatabase Database => _database;

    /// <summary>What only SQLite can be asked.</summary>
    public ISqliteEngine Engine => Get<ISqliteEngine>("AddDeployStackSqlite");

    /// <summary>The runner that has brought the template to its schema.</summary>
    /// <exception cref="InvalidOperationException">The options add no migrations.</exception>
    public IMigrationRunner Migrations => Get<IMigrationRunner>("AddMigrations");

    /// <summary>The settings that the options declare, created with their defaults.</summary>
    /// <exception cref="InvalidOperationException">The options add no settings.</exception>
    public ISettingsStore Settings => Get<ISettingsStore>("AddSettings");

    /// <summary>The clock of the container: of migrations, settings and the application's services. It stands still until the
    /// test moves it. The engine's own waits and deadlines go by the real clock, and so do SQLite's date functions.</summary>
    /// <exception cref="InvalidOperationException">The options say <see cref="TestDatabaseCopyOptions.UseSystemTime"/>.</exception>
    public FakeTimeProvider Time => _time ?? throw new InvalidOperationException("This test database uses the clock of the system, which cannot be moved. Leave out UseSystemTime.");

    /// <summary>The absolute path of the file, or <see langword="null"/> in memory.</summary>
    public string? Path => _file?.Path;

    /// <summary>Where the database was kept; <see langword="null"/> before disposal, and when it was not kept.</summary>
    public string? KeptPath { get; private set; }

    /// <inheritdoc/>
    public string Name => _database.Name;

    /// <inheritdoc/>
    public DatabaseCapabilities Capabilities => _database.Capabilities;

    /// <summary>Describes a template that is built at its first use. Keep it in a static field.</summary>
    /// <param name="configure">Called at once.</param>
    public static TestDatabaseTemplate Template(Action<TestDatabaseOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        var options = new TestDatabaseOptions();
        configure(options);
        return new(options);
    }

    /// <summary>Gives a database of the template that the delegate describes.</summary>
    /// <param name="configure">A lambda or method that captures no variables: it stands for one template, which is built once
    /// in the process. One that captures variables is built anew for each call; make a template of it instead.</param>
    /// <param name="cancellationToken">Ends the wait for the template.</param>
    /// <exception cref="DatabaseException">A migration or a seed failed, or the database could not be opened.</exception>
    public static Task<TestDatabase> CreateAsync(Action<TestDatabaseOptions> configure, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(configure);
        return TemplateCache.Of(configure).CreateAsync(null, cancellationToken);
    }

    /// <summary>Records what is executed from now on, until the recording is disposed.</summary>
    public SqlRecording Record() => new(_recorder, MarkFailed);

    /// <summary>Keeps the database as a file at disposal, whatever becomes of the test.</summary>
    public void KeepFile() => _isKept = true;

    /// <summary>Says that the test has failed, for <see cref="TestDatabaseCopyOptions.KeepFileOnFailure"/>. No framework tells a
    /// library so by itself; call it where yours tells you. Failed assertions of the kit call it.</summary>
    public void MarkFailed() => _hasFailed = true;

    /// <summary>Writes the content to a database file that any tool can open; the database goes on.</summary>
    /// <param name="path">A file that does not exist; readable for its owner alone.</param>
    /// <param name="cancellationToken">Leaves the queue of the writer.</param>
    /// <exception cref="IOException">The file exists or cannot be written.</exception>
    /// <exception cref="DatabaseException">The database could not be read.</exception>
    public async Task SaveAsync(string path, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        TestFile.WriteNew(path, await SerializeAsync(cancellationToken).ConfigureAwait(false), isWal: false);
    }

    /// <inheritdoc/>
    public Task OpenAsync(CancellationToken cancellationToken = default) => _database.OpenAsync(cancellationToken);

    /// <inheritdoc/>
    public Task<TResult> ReadAsync<TState, TResult>(Func<IReadSession, TState, ValueTask<TResult>> work, TState state, ReadOptions? options = null, CancellationToken cancellationToken = default)
        => _database.ReadAsync(work, state, options, cancellationToken);

    /// <inheritdoc/>
    public Task<TResult> WriteAsync<TState, TResult>(Func<IWriteSession, TState, ValueTask<TResult>> work, TState state, WriteOptions? options = null, CancellationToken cancellationToken = default)
        => _database.WriteAsync(work, state, options, cancellationToken);

    /// <inheritdoc/>
    public Task<BatchResult> ExecuteBatchAsync(IReadOnlyList<SqlStatement> statements, BatchOptions? options = null, CancellationToken cancellationToken = default)
        => _database.ExecuteBatchAsync(statements, options, cancellationToken);

    /// <summary>Closes everything and deletes the file with its log, or keeps it if that was asked for.</summary>
    /// <exception cref="IOException">Windows: somebody still has the file open.</exception>
    public async ValueTask DisposeAsync()
    {
        Task closed;
        lock (_closing)
        {
            closed = _closed ??= CloseAsync();
        }

        await closed.ConfigureAwait(false);
    }

    /// <inheritdoc cref="DisposeAsync"/>
    public void Dispose() => Task.Run(() => DisposeAsync().AsTask()).GetAwaiter().GetResult();

    /// <summary>Opens a database with the content of a template.</summary>
    internal static async Task<TestDatabase> OpenAsync(TestDatabaseOptions options, TestDatabaseCopyOptions copy, TemplateContent content, CancellationToken cancellationToken)
    {
        var file = copy.IsOnFile ? TestFile.InNewFolder(copy.Folder) : null;
        TestDatabase? database = null;
        try
        {
            database = new(options, copy, content, file);
            file?.Write(content.Image.Span, TestContainer.IsWal(database._services, options.Name));
            if (file is not null)
            {
                await database.OpenAsync(cancellationToken).ConfigureAwait(false);
            }

            return database; // in memory it opens with its first statement, which saves a turn of its thread
        }
        catch
        {
            if (database is not null)
            {
                await database._services.DisposeAsync().ConfigureAwait(false);
            }

            file?.Dispose();
            throw;
        }
    }

    /// <summary>Applies all migrations and creates all settings.</summary>
    internal async Task PrepareAsync(CancellationToken cancellationToken)
    {
        if (_services.GetKeyedService<IMigrationRunner>(Name) is { } migrations)
        {
            await migrations.ApplyAsync(cancellationToken).ConfigureAwait(false);
        }

        if (_services.GetKeyedService<ISettingsStore>(Name) is { } settings)
        {
            await settings.InitializeAsync(cancellationToken).ConfigureAwait(false);
        }

        if (_services.GetKeyedService<IPluginManager>(Name) is { } plugins)
        {
            await plugins.ApplyAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    internal async Task<TemplateContent> TakeContentAsync(CancellationToken cancellationToken)
        => new(await SerializeAsync(cancellationToken).ConfigureAwait(false), (_time ?? TimeProvider.System).GetUtcNow());

    private Task<byte[]> SerializeAsync(CancellationToken cancellationToken) => ((SqliteProvider)Engine).SerializeAsync(cancellationToken);

    private T Get<T>(string registration)
        where T : class
        => _services.GetKeyedService<T>(Name) ?? throw new InvalidOperationException($"The template has no {typeof(T).Name}. Add it: options.Configure(builder => builder.{registration}(…)).");

    private async Task CloseAsync()
    {
        var isKept = _isKept || (_hasFailed && _options.KeepFileOnFailure);
        var file = _file;
        try
        {
            if (isKept && file is null)
            {
                var image = await SerializeAsync(CancellationToken.None).ConfigureAwait(false);
                file = TestFile.InNewFolder(_options.Folder);
                file.Write(image, isWal: false);
            }
        }
        finally
        {
            await _services.DisposeAsync().ConfigureAwait(false);
            if (file is not null)
            {
                file.IsKept = isKept;
                file.Dispose();
            }
        }

        if (isKept)
        {
            KeptPath = file!.Path;
            _options.OnKept(KeptPath);
        }
    }
}
