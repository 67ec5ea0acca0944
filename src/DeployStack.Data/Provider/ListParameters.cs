namespace DeployStack.Data.Provider;

/// <summary>Finds <c>IN @list</c> in a statement and writes what the engine needs there.</summary>
public static class ListParameters
{
    /// <summary>Replaces each parameter that stands directly behind the keyword <c>IN</c>.</summary>
    /// <param name="sql">One statement; strings, quoted names and comments are left alone.</param>
    /// <param name="rewrite">Given the parameter with its prefix, what stands behind <c>IN</c>
    /// (<see cref="DatabaseProvider.ListParameter"/>).</param>
    /// <returns><paramref name="sql"/> itself where there is nothing to replace.</returns>
    public static string Expand(string sql, Func<string, string> rewrite)
    {
        ArgumentNullException.ThrowIfNull(sql);
        ArgumentNullException.ThrowIfNull(rewrite);
        throw new NotSupportedException();
    }
}
