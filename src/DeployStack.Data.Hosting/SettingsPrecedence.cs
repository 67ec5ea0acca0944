namespace DeployStack.Data.Hosting;

/// <summary>Where settings stand among the sources of a configuration; a later source wins over an earlier one.</summary>
public enum SettingsPrecedence
{
    /// <summary>After every source that was added before: what people store wins over files, environment variables and the
    /// command line.</summary>
    Last,

    /// <summary>Before the environment variables: these and the command line win over what people store, which wins over
    /// files.</summary>
    BeforeEnvironment,
}
