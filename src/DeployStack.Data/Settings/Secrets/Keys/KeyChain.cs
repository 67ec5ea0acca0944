namespace DeployStack.Data.Settings.Secrets.Keys;

/// <summary>The sources of keys in their order: the first one that is set encrypts, all decrypt.</summary>
internal sealed class KeyChain(IReadOnlyList<IKeySource> sources)
{
    public static KeyChain Of(SettingSecretsOptions options, Func<string, string?> environment)
    {
        var sources = new List<IKeySource>();
        if (options.Keys is { } give)
        {
            sources.Add(new GivenKeys(give));
        }

        if (!string.IsNullOrEmpty(options.KeyFile))
        {
            sources.Add(new FileKeys(Path.GetFullPath(options.KeyFile)));
        }

        if (options.UseEnvironment)
        {
            sources.Add(new EnvironmentKeys(environment));
        }

        return new(sources);
    }

    public SecretKey? Current()
    {
        foreach (var source in sources)
        {
            if (source.Current() is { } key)
            {
                return key;
            }
        }

        return null;
    }

    public SecretKey? Find(string id)
    {
        foreach (var source in sources)
        {
            if (source.Find(id) is { } key)
            {
                return key;
            }
        }

        return null;
    }
}
