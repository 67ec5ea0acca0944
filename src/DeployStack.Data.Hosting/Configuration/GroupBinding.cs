using System.Diagnostics.CodeAnalysis;
using DeployStack.Data.Hosting.Diagnostics;
using DeployStack.Data.Settings;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace DeployStack.Data.Hosting.Configuration;

/// <summary>Options that are bound to a group. Changed settings are taken only when whole options, validated, can be made of
/// them: a monitor that was told otherwise would have thrown its options away before it found out.</summary>
internal sealed class GroupBinding<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] T>(
    SettingsFeed feed,
    string groupId,
    string optionsName,
    Action<T, IConfiguration> bind,
    IServiceProvider services,
    ILogger logger) : IConfigureNamedOptions<T>, IOptionsChangeTokenSource<T>, ISettingsFollower
    where T : class
{
    [ThreadStatic]
    private static Candidate? _candidate;

    private GroupValues? _good;
    private bool _hasGivenDefaults;
    private ConfigurationReloadToken _changed = new();

    public string Name => optionsName;

    public IChangeToken GetChangeToken() => Volatile.Read(ref _changed);

    public void Configure(T options) => Configure(Options.DefaultName, options);

    public void Configure(string? name, T options)
    {
        if (string.Equals(name ?? Options.DefaultName, optionsName, StringComparison.Ordinal))
        {
            var values = _candidate is { } candidate && ReferenceEquals(candidate.Owner, this) ? candidate.Values : Volatile.Read(ref _good);
            (values ?? Read()).BindTo(options, bind);
        }
    }

    public void Take(SettingsSnapshot snapshot, SettingsBuilder declared)
    {
        var (values, good) = (GroupValues.Of(snapshot, declared, groupId), _good);
        if (good is null)
        {
            Volatile.Write(ref _good, values);
            if (_hasGivenDefaults)
            {
                Fire();
            }
        }
        else if (!values.IsSameAs(good))
        {
            if (FindFault(values) is not { } fault)
            {
                Volatile.Write(ref _good, values);
                Fire();
                return;
            }

            HostingLog.OptionsNotReloaded(logger, "reload_settings", groupId, typeof(T).Name, fault);
            if (FindFault(good) is not null)
            {
                Volatile.Write(ref _good, values); // nothing is lost, and the error that is thrown is about what is stored now
            }
        }
    }

    private GroupValues Read()
    {
        var snapshot = feed.Demand();
        if (Volatile.Read(ref _good) is { } values)
        {
            return values;
        }

        _hasGivenDefaults = snapshot is null;
        return GroupValues.Of(snapshot, feed.Declared, groupId);
    }

    private string? FindFault(GroupValues values)
    {
        _candidate = new(this, values);
        try
        {
            services.GetRequiredService<IOptionsFactory<T>>().Create(optionsName);
            return null;
        }
        catch (Exception error) // told in the log; of what is not known to hold no value, the type alone
        {
            return error is SettingException or OptionsValidationException ? error.Message : error.GetType().Name;
        }
        finally
        {
            _candidate = null;
        }
    }

    private void Fire() => Interlocked.Exchange(ref _changed, new()).OnReload();

    private sealed record Candidate(GroupBinding<T> Owner, GroupValues Values);
}
