namespace DeployStack.Data.Settings.Secrets.Keys;

/// <summary>Keys that the application's callback gives, once; a callback that threw is asked again.</summary>
internal sealed class GivenKeys(Func<SettingKeyRing> give) : IKeySource
{
    private readonly Lock _gate = new();
    private volatile SettingKeyRing? _ring;

    public SecretKey Current() => Ring().Current;

    public SecretKey? Find(string id) => Ring().Find(id);

    private SettingKeyRing Ring()
    {
        if (_ring is { } ring)
        {
            return ring;
        }

        lock (_gate)
        {
            return _ring ??= Ask();
        }
    }

    private SettingKeyRing Ask()
    {
        const string Callback = $"{nameof(SettingSecretsOptions)}.{nameof(SettingSecretsOptions.Keys)}";
        try
        {
            return give() ?? throw SecretErrors.OfKeys($"{Callback} gave no keys. Give a key ring, or leave it unset.");
        }
        catch (Exception exception) when (exception is not SettingException) // whatever a vault's client throws becomes the typed error
        {
            throw SecretErrors.OfKeys($"{Callback} failed ({exception.GetType().Name}); the inner exception tells more. It is asked again at the next use.", exception);
        }
    }
}
