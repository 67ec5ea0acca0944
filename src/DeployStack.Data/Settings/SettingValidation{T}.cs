namespace DeployStack.Data.Settings;

/// <summary>What a value of a setting must fulfil besides its type; made by <see cref="SettingValidation"/>.</summary>
/// <typeparam name="T">The type of the setting.</typeparam>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed class SettingValidation<T>
{
    private readonly Func<T, string?> _findFault;

    internal SettingValidation(Func<T, string?> findFault) => _findFault = findFault;

    /// <summary>Both rules; the second is asked where the first is content.</summary>
    /// <param name="other">The second one.</param>
    public SettingValidation<T> And(SettingValidation<T> other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return new(value => FindFault(value) ?? other.FindFault(value));
    }

    internal string? FindFault(T value)
    {
        try
        {
            return _findFault(value);
        }
        catch (Exception error) // the rule's own fault; its message could hold the value
        {
            return $"could not be checked: its rule failed with {error.GetType().Name}";
        }
    }
}
