using System.Reflection;
using DeployStack.Data.Provider;

namespace DeployStack.Data.Hosting.Selection;

/// <summary>The engines that this application has, and the packages that would bring the others.</summary>
internal sealed class ProviderCatalog
{
    private static readonly (string Package, string[] Types)[] _known =
    [
        ("DeployStack.Data.Sqlite", ["sqlite"]),
        ("DeployStack.Data.LibSql", ["turso", "libsql"]),
        ("DeployStack.Data.CloudflareD1", ["d1"]),
        ("DeployStack.Data.PostgreSql", ["postgresql", "postgres"]),
    ];

    private readonly List<DatabaseProviderRegistration> _present = [];
    private readonly Dictionary<string, (string Message, Exception? Error)> _absent = new(StringComparer.Ordinal);

    private ProviderCatalog()
    {
    }

    public IReadOnlyList<DatabaseProviderRegistration> Present => _present;

    /// <summary>Every type that is known, present or not.</summary>
    public IEnumerable<string> Types => _present.SelectMany(static each => each.Types).Concat(_known.SelectMany(static each => each.Types)).Distinct(StringComparer.Ordinal);

    /// <summary>Collects the engines given by the application, then those of the known packages that are there.</summary>
    public static ProviderCatalog Load(IEnumerable<DatabaseProviderRegistration> own)
    {
        var catalog = new ProviderCatalog();
        catalog._present.AddRange(own);
        foreach (var (package, types) in _known)
        {
            if (!types.All(type => catalog.IsPresent(type)))
            {
                catalog.Add(package, types);
            }
        }

        return catalog;
    }

    public static string Normalize(string type) => type.Trim().ToLowerInvariant();

    /// <summary>Finds the engine of a type.</summary>
    /// <exception cref="DatabaseException">Of kind <see cref="DatabaseErrorKind.NotConfigured"/>: unknown, or its package is
    /// missing.</exception>
    public DatabaseProviderRegistration Find(string type)
    {
        foreach (var provider in _present)
        {
            if (provider.Types.Contains(type, StringComparer.Ordinal))
            {
                return provider;
            }
        }

        throw _absent.TryGetValue(type, out var absent)
            ? new DatabaseException(DatabaseErrorKind.NotConfigured, absent.Message, absent.Error)
            : new DatabaseException(DatabaseErrorKind.NotConfigured, $"The database type '{type}' is unknown. Known are: {string.Join(", ", Types)}.");
    }

    private void Add(string package, string[] types)
    {
        try
        {
            if (Assembly.Load(new AssemblyName(package)).GetCustomAttribute<ProvidesDatabaseAttribute>() is not { } attribute)
            {
                Miss($"has a version that cannot be chosen from configuration. Bring {package} and DeployStack.Data.Hosting to the same version.", null);
                return;
            }

            _present.Add((DatabaseProviderRegistration)Activator.CreateInstance(attribute.Registration, nonPublic: true)!);
        }
        catch (FileNotFoundException) // the application does not reference the package: only an error once its type is asked for
        {
            Miss($"is not part of this application. Add a reference to it (dotnet add package {package}).", null);
        }
        catch (Exception exception) when (exception is BadImageFormatException or FileLoadException or TypeLoadException or MissingMethodException or InvalidCastException or TargetInvocationException) // only an error once its type is asked for
        {
            Miss($"could not be loaded ({exception.Message}). Bring {package} and DeployStack.Data.Hosting to the same version.", exception);
        }

        void Miss(string what, Exception? error)
        {
            foreach (var type in types)
            {
                _absent[type] = ($"The database type '{type}' needs the package {package}, which {what}", error);
            }
        }
    }

    private bool IsPresent(string type) => _present.Exists(each => each.Types.Contains(type, StringComparer.Ordinal));
}
