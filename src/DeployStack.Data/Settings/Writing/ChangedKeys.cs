using System.Collections;

namespace DeployStack.Data.Settings.Writing;

/// <summary>The keys of a write, without a list of their own.</summary>
internal sealed class ChangedKeys(PlannedWrite write) : IReadOnlyList<string>
{
    private const int MostShown = 10;

    public int Count => write.Created.Count + write.Changed.Count + write.Deleted.Count;

    public string this[int index] => index < write.Created.Count ? write.Created[index].Key
        : index < write.Created.Count + write.Changed.Count ? write.Changed[index - write.Created.Count].Key
        : write.Deleted[index - write.Created.Count - write.Changed.Count].Entry.Key;

    /// <summary>The first keys, for a log.</summary>
    public static string Shown(ChangedKeys keys) => string.Join(", ", keys.Take(MostShown)) + (keys.Count > MostShown ? ", …" : string.Empty);

    public IEnumerator<string> GetEnumerator()
    {
        for (var i = 0; i < Count; i++)
        {
            yield return this[i];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
