namespace DeployStack.Data.Provider;

/// <summary>Stands on an engine package and names the class by which the package is found when the engine is chosen
/// from configuration.</summary>
/// <param name="registration">A class derived from <see cref="DatabaseProviderRegistration"/> with a constructor without
/// parameters; it need not be public.</param>
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class ProvidesDatabaseAttribute(Type registration) : Attribute
{
    /// <summary>The class to create, derived from <see cref="DatabaseProviderRegistration"/>.</summary>
    public Type Registration { get; } = registration;
}
