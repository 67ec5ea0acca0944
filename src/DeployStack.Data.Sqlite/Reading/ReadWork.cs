using DeployStack.Data.Provider;

namespace DeployStack.Data.Sqlite.Reading;

/// <summary>A read for a reader's thread.</summary>
/// <param name="Unit">What to run.</param>
/// <param name="Reader">Its handle; <see langword="null"/> to open one.</param>
/// <param name="Running">Set when the unit was started on its caller's thread and awaits something.</param>
internal readonly record struct ReadWork(UnitOfWork Unit, Reader? Reader, Task? Running);
