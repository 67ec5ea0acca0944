namespace DeployStack.Data.Mapping;

/// <summary>How an instant (<see cref="DateTime"/>, <see cref="DateTimeOffset"/>) is stored; always in UTC.</summary>
/// <remarks>Reading accepts every form. An integer is taken in the unit of the format as long as that is possible; under
/// <see cref="Text"/> it counts as seconds below 100,000,000,000 and as milliseconds from there on.</remarks>
public enum DateTimeFormat
{
    /// <summary>TEXT <c>yyyy-MM-dd HH:mm:ss.fffffffZ</c>, whose order is the order of time. A
    /// <see cref="DateTimeOffset"/> appends its offset when that is not zero.</summary>
    Text = 0,

    /// <summary>INTEGER, whole seconds since 1970; the fraction and the offset are dropped.</summary>
    UnixSeconds,

    /// <summary>INTEGER, whole milliseconds since 1970; what is finer, and the offset, are dropped.</summary>
    UnixMilliseconds,
}
