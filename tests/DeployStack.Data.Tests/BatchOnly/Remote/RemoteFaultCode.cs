namespace DeployStack.Data.Tests.BatchOnly.Remote;

internal enum RemoteFaultCode
{
    /// <summary>The engine refused a statement; its own code and message tell why.</summary>
    Statement,

    /// <summary>The connection broke before the request arrived.</summary>
    Unreachable,

    /// <summary>Two transactions met; this one was rolled back and may be sent again.</summary>
    Conflict,

    /// <summary>A statement that writes was sent to the endpoint for reading.</summary>
    ReadOnly,

    /// <summary>Not exactly one statement.</summary>
    NotOneStatement,
}
