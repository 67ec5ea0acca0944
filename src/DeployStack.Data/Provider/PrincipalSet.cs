using System.Text;

namespace DeployStack.Data.Provider;

/// <summary>The principals of one database: whose an object is follows from its name, so the provider must know them all,
/// also those that run nothing. Thread-safe; it only grows.</summary>
public sealed class PrincipalSet
{
    private readonly Lock _adding = new();
    private volatile Owner[] _owners = [];

    /// <summary>How many there are. A provider that has compiled statements under fewer compiles them again.</summary>
    public int Count => _owners.Length;

    /// <summary>The ids, in no particular order.</summary>
    public IReadOnlyList<string> Ids => Array.ConvertAll(_owners, static owner => owner.Principal.Id);

    /// <summary>Adds a principal; one that is there already, in any case, stays as it is.</summary>
    /// <param name="id">The id of the plugin.</param>
    public void Add(string id)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        lock (_adding)
        {
            if (!Array.Exists(_owners, owner => owner.Principal.Id.Equals(id, StringComparison.OrdinalIgnoreCase)))
            {
                _owners = [.. _owners, new(new(id, mayChangeSchema: false))];
            }
        }
    }

    /// <summary>The principal that owns a table, view, index or trigger of this name; <see langword="null"/> for the host.</summary>
    /// <param name="name">The name in UTF-8, without quotes. Case counts no more than it does for SQLite: in ASCII only.</param>
    public Principal? OwnerOf(ReadOnlySpan<byte> name)
    {
        foreach (var owner in _owners)
        {
            if (owner.Has(name))
            {
                return owner.Principal;
            }
        }

        return null;
    }

    private sealed class Owner(Principal principal)
    {
        private readonly byte[] _prefix = Encoding.UTF8.GetBytes(principal.Prefix);

        public Principal Principal { get; } = principal;

        public bool Has(ReadOnlySpan<byte> name) => name.Length > _prefix.Length && Ascii.EqualsIgnoreCase(name[.._prefix.Length], _prefix);
    }
}
