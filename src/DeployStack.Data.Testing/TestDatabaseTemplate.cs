namespace DeployStack.Data.Testing;

/// <summary>A database that was migrated and seeded once and is copied for each test.</summary>
/// <remarks>
/// <para>Keep it in a static field that all tests share. It is thread-safe: however many tests ask at the same time, it is
/// built once, at the first call, and its content is kept in memory as long as the template is.</para>
/// <para>When a migration or a seed fails, every call that waits fails with that error; the next call builds again.</para>
/// </remarks>
/// <example><code>
/// private static readonly TestDatabaseTemplate Template = TestDatabase.Template(options =&gt;
///     options.Configure(builder =&gt; builder.AddMigrations(typeof(Program).Assembly)));
///
/// await using var db = await Template.CreateAsync();
/// </code></example>
public sealed class TestDatabaseTemplate
{
    private readonly TestDatabaseOptions _options;
    private readonly TestDatabaseTemplate? _basis;
    private readonly TemplateImage _image;

    internal TestDatabaseTemplate(TestDatabaseOptions options, TestDatabaseTemplate? basis = null)
    {
        _options = options;
        _basis = basis;
        _image = new(BuildAsync);
    }

    /// <summary>Gives a database of its own: nothing that is done to it is seen by any other.</summary>
    /// <param name="configure">What differs from the template's options, for this database only.</param>
    /// <param name="cancellationToken">Ends the wait; others that wait for the template are not disturbed.</param>
    /// <returns>A database to dispose at the end of the test. One on a file is open; one in memory opens with its first
    /// statement.</returns>
    /// <exception cref="DatabaseException">A migration or a seed failed, or the database could not be opened.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> fired.</exception>
    public async Task<TestDatabase> CreateAsync(Action<TestDatabaseCopyOptions>? configure = null, CancellationToken cancellationToken = default)
    {
        var copy = _options.Copy();
        copy.StartTime = null;
        configure?.Invoke(copy);
        var image = await _image.GetAsync(cancellationToken).ConfigureAwait(false);
        return await TestDatabase.OpenAsync(_options, copy, image, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Runs the body of a test on a database of its own, marks the database as failed if the body throws, and
    /// disposes it: the shortest way to <see cref="TestDatabaseCopyOptions.KeepFileOnFailure"/>.</summary>
    /// <param name="test">The body; what it throws is thrown.</param>
    /// <param name="configure">What differs from the template's options.</param>
    /// <param name="cancellationToken">Ends the wait for the template.</param>
    /// <exception cref="DatabaseException">A migration or a seed failed, or the database could not be opened.</exception>
    public async Task RunAsync(Func<TestDatabase, Task> test, Action<TestDatabaseCopyOptions>? configure = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(test);
        var database = await CreateAsync(configure, cancellationToken).ConfigureAwait(false);
        await using (database.ConfigureAwait(false))
        {
            try
            {
                await test(database).ConfigureAwait(false);
            }
            catch
            {
                database.MarkFailed();
                throw;
            }
        }
    }

    /// <summary>Makes a template that begins with the content of this one, so that one schema is migrated once for many sets
    /// of data.</summary>
    /// <param name="seed">Fills the new template, once in the process.</param>
    /// <returns>A template with the options of this one.</returns>
    public TestDatabaseTemplate With(Func<TestDatabase, CancellationToken, Task> seed)
    {
        ArgumentNullException.ThrowIfNull(seed);
        return new(_options.WithSeed(seed), this);
    }

    private async Task<TemplateContent> BuildAsync(CancellationToken cancellationToken)
    {
        var begin = _basis is null ? default : await _basis._image.GetAsync(cancellationToken).ConfigureAwait(false);
        var copy = _options.Copy();
        copy.InMemory();
        copy.KeepFileOnFailure = false;
        var template = await TestDatabase.OpenAsync(_options, copy, begin, cancellationToken).ConfigureAwait(false);
        await using (template.ConfigureAwait(false))
        {
            if (_basis is null)
            {
                await template.PrepareAsync(cancellationToken).ConfigureAwait(false);
            }

            foreach (var seed in _options.Seeds)
            {
                await seed(template, cancellationToken).ConfigureAwait(false);
            }

            return await template.TakeContentAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}
