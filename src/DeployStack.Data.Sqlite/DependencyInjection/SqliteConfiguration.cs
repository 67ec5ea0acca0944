using System.Globalization;
using System.Reflection;
using DeployStack.Data.Provider;

namespace DeployStack.Data.Sqlite.DependencyInjection;

/// <summary>Sets the options from configuration: every option and pragma that is a plain value, by its name.</summary>
internal static class SqliteConfiguration
{
    private const string Pragmas = nameof(SqliteOptions.Pragmas);

    // Names are compared without case and underscores, so that journal_mode and JOURNAL_MODE mean JournalMode.
    private static readonly Dictionary<string, PropertyInfo> _settings = Plain(typeof(SqliteOptions), string.Empty)
        .Concat(Plain(typeof(SqlitePragmas), $"{Pragmas}:"))
        .ToDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>The path comes from the section, else from the selection file, else from <c>SQLITE_DB_PATH</c>.</summary>
    /// <exception cref="DatabaseException">Of kind <see cref="DatabaseErrorKind.NotConfigured"/>: an unknown key or a value
    /// that does not fit it.</exception>
    public static void Apply(SqliteOptions options, IDatabaseProviderSettings settings)
    {
        options.ProofOfExistence = settings.ProofOfExistence;
        options.Path = settings.Path ?? settings.GetVariable(SqliteSettings.PathVariable);
        foreach (var (key, value) in settings.Values)
        {
            if (_settings.TryGetValue(key.Replace("_", string.Empty, StringComparison.Ordinal), out var property))
            {
                Set(property.DeclaringType == typeof(SqlitePragmas) ? options.Pragmas : options, property, value, $"{settings.Section}:{key}");
            }
            else if (value is not null || !key.Equals(Pragmas, StringComparison.OrdinalIgnoreCase)) // an empty section of pragmas sets none
            {
                throw new DatabaseException(DatabaseErrorKind.NotConfigured, $"The setting '{settings.Section}:{key}' is unknown; the database was not opened. Known are: {string.Join(", ", _settings.Keys.Order(StringComparer.Ordinal))}. What is not a plain value is set in code: services.Configure<SqliteOptions>(…).");
            }
        }
    }

    private static IEnumerable<KeyValuePair<string, PropertyInfo>> Plain(Type type, string prefix)
        => from property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
           where property.CanWrite && ValueType(property) is var value
               && (value.IsEnum || value == typeof(string) || value == typeof(bool) || value == typeof(int) || value == typeof(long) || value == typeof(TimeSpan))
           select KeyValuePair.Create(prefix + property.Name, property);

    private static Type ValueType(PropertyInfo property) => Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;

    private static void Set(object target, PropertyInfo property, string? text, string setting)
    {
        var type = ValueType(property);
        var mayBeNull = type == typeof(string) || type != property.PropertyType;
        if (string.IsNullOrWhiteSpace(text))
        {
            property.SetValue(target, mayBeNull ? null : throw Unfit(setting, type));
            return;
        }

        property.SetValue(target, Parse(type, text.Trim()) ?? throw Unfit(setting, type));
    }

    private static object? Parse(Type type, string text)
    {
        if (type.IsEnum)
        {
            return char.IsAsciiLetter(text[0]) && Enum.TryParse(type, text, ignoreCase: true, out var value) && Enum.IsDefined(type, value) ? value : null;
        }

        if (type == typeof(string))
        {
            return text;
        }

        if (type == typeof(bool))
        {
            return bool.TryParse(text, out var value) ? value : null;
        }

        if (type == typeof(TimeSpan))
        {
            // A bare number would be days.
            return text.Contains(':', StringComparison.Ordinal) && TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var value) ? value : null;
        }

        if (!long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
        {
            return null;
        }

        return type == typeof(long) ? number : number is >= int.MinValue and <= int.MaxValue ? (int)number : null;
    }

    private static DatabaseException Unfit(string setting, Type type)
    {
        var form = type.IsEnum ? $"one of {string.Join(", ", Enum.GetNames(type))}"
            : type == typeof(bool) ? "true or false"
            : type == typeof(TimeSpan) ? "a duration such as 00:00:10"
            : "a whole number";
        return new(DatabaseErrorKind.NotConfigured, $"The setting '{setting}' must be {form}; the database was not opened.");
    }
}
