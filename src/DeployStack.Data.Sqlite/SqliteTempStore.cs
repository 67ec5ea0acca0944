namespace DeployStack.Data.Sqlite;

/// <summary>SQLite's <c>temp_store</c> (https://www.sqlite.org/pragma.html#pragma_temp_store).</summary>
public enum SqliteTempStore
{
    /// <summary>Files in the system's directory for temporary files; they may hold data.</summary>
    File = 1,

    /// <summary>Memory only.</summary>
    Memory = 2,
}
