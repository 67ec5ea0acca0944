namespace DeployStack.Data.Settings.Secrets.Keys;

/// <summary>Keys from pass phrases in environment variables; each is derived when it is first needed.</summary>
internal sealed class EnvironmentKeys(Func<string, string?> environment) : IKeySource
{
    private const int MostPrevious = 9;

    private readonly Lock _gate = new();
    private volatile SecretKey?[]? _keys; // the current one first; derived one after the other

    public SecretKey? Current() => Key(0);

    public SecretKey? Find(string id)
    {
        for (var i = 0; i <= MostPrevious; i++)
        {
            if (Key(i) is { } key && string.Equals(key.Id, id, StringComparison.Ordinal))
            {
                return key;
            }
        }

        return null;
    }

    private static string NameOf(int i) => i switch
    {
        0 => SettingSecretsOptions.SecretVariable,
        1 => SettingSecretsOptions.PreviousSecretVariable,
        _ => $"{SettingSecretsOptions.PreviousSecretVariable}_{i}",
    };

    private SecretKey? Key(int i)
    {
        if (_keys?[i] is { } known)
        {
            return known;
        }

        if (environment(NameOf(i)) is not { Length: > 0 } secret)
        {
            return null;
        }

        var key = PassPhrase.Derive(secret, $"The environment variable {NameOf(i)}");
        lock (_gate)
        {
            _keys ??= new SecretKey?[MostPrevious + 1];
            _keys[i] = key;
        }

        return key;
    }
}
