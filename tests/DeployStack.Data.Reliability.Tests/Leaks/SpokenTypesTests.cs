using System.Reflection;
using System.Runtime.CompilerServices;
using DeployStack.Data.Settings;
using DeployStack.Data.Testing;

namespace DeployStack.Data.Reliability.Leaks;

/// <summary>What types of the room say of themselves, in a log or in a debugger, and what the recorder of tests keeps.</summary>
public sealed class SpokenTypesTests
{
    private static readonly string[] _words = ["value", "text", "old", "new", "changes", "plain", "stored", "parsed", "secret", "encrypted"];

    // their values are taken out before one is made of a secret; others they are to show
    private static readonly Type[] _masked = [typeof(SettingValue), typeof(SettingHistoryChange)];

    [Fact]
    public void No_type_of_settings_says_a_value()
    {
        var canary = new Canary("said");
        var said = Types().Where(type => Says(type, canary)).Select(static type => type.FullName).ToList();
        Assert.Equal(_masked.Select(static type => type.FullName).Order(StringComparer.Ordinal), said.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_recorder_keeps_no_value()
    {
        var canary = new Canary("recorded");
        await using var database = await DeployStack.Data.Testing.TestDatabase.CreateAsync(static _ => { });
        var password = new Setting<string>("smtp.password") { IsSecret = true };
        var note = new Setting<string>("smtp.note");
        var store = SettingsStoreFactory.Create(
            database,
            new SettingsBuilder().Add(new("smtp", "Mail") { Settings = [password, note] }),
            protector: SettingProtectorFactory.Create(new() { UseEnvironment = false, Keys = static () => SettingKeyRing.FromKeys(new byte[32]) }));
        var haystack = new Haystack();
        using var recording = database.Record();
        await store.InitializeAsync();
        await store.WriteAsync(new SettingsBatch().Set(password, canary.Text).Set(note, canary.Text));
        haystack.Add("recording", recording);
        haystack.Add("statements", string.Join('\n', recording.Statements));
        Assert.Contains(recording.Statements, static statement => statement.Kind == RecordedStatementKind.Write);
        Assert.Empty(haystack.Find(canary));
    }

    private static IEnumerable<Type> Types() => typeof(ISettingsStore).Assembly.GetTypes()
        .Where(static type => type.Namespace?.StartsWith("DeployStack.Data.Settings", StringComparison.Ordinal) == true
            && type is { IsAbstract: false, IsInterface: false, IsEnum: false, ContainsGenericParameters: false, IsByRefLike: false }
            && !typeof(Delegate).IsAssignableFrom(type) && !type.IsDefined(typeof(CompilerGeneratedAttribute)));

    // an instance whose every field that may hold a value holds the canary
    private static bool Says(Type type, Canary canary)
    {
        var instance = RuntimeHelpers.GetUninitializedObject(type);
        for (var each = type; each is not null && each != typeof(object); each = each.BaseType)
        {
            foreach (var field in each.GetFields(BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public | BindingFlags.DeclaredOnly).Where(MayHoldValue))
            {
                field.SetValue(instance, field.FieldType == typeof(byte[]) ? System.Text.Encoding.UTF8.GetBytes(canary.Text) : canary.Text);
            }
        }

        var haystack = new Haystack();
        try
        {
            haystack.Add(type.Name, instance.ToString());
        }
        catch (Exception error) when (error is NullReferenceException or ArgumentNullException) // it asks another object, which is not there; what it says itself is then no part of it
        {
            return false;
        }

        return haystack.Find(canary).Count > 0;
    }

    private static bool MayHoldValue(FieldInfo field) => (field.FieldType == typeof(string) || field.FieldType == typeof(object) || field.FieldType == typeof(byte[]))
        && _words.Any(word => field.Name.Contains(word, StringComparison.OrdinalIgnoreCase));
}
