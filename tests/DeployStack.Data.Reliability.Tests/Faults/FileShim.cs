using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace DeployStack.Data.Reliability.Faults;

/// <summary>The methods of one watched file: each asks its site whether it has to fail, then calls the real one.</summary>
internal static unsafe class FileShim
{
    /// <summary>Replaces the methods of a file that was just opened.</summary>
    public static void Install(NativeFile* file, WatchedFile watched)
    {
        var methods = (FileMethods*)NativeMemory.Alloc((nuint)sizeof(FileMethods)); // freed by Close
        *methods = *file->Methods;
        methods->Original = file->Methods;
        methods->Watched = GCHandle.ToIntPtr(GCHandle.Alloc(watched));
        methods->Close = &Close;
        methods->Read = &Read;
        methods->Write = &Write;
        methods->Truncate = &Truncate;
        methods->Sync = &Sync;
        if (methods->Version >= 2 && methods->SharedMemoryMap != null)
        {
            methods->SharedMemoryMap = &SharedMemoryMap;
        }

        file->Methods = methods;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Close(NativeFile* file)
    {
        var methods = file->Methods;
        file->Methods = methods->Original;
        var code = file->Methods->Close(file);
        GCHandle.FromIntPtr(methods->Watched).Free();
        NativeMemory.Free(methods);
        return code;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Read(NativeFile* file, void* buffer, int amount, long offset)
        => Next(file, FileCalls.Read) is { } fault ? fault.Code : file->Methods->Original->Read(file, buffer, amount, offset);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Write(NativeFile* file, void* buffer, int amount, long offset)
    {
        var original = file->Methods->Original;
        if (Next(file, FileCalls.Write) is not { } fault)
        {
            return original->Write(file, buffer, amount, offset);
        }

        var kept = fault.Takes ? amount : Math.Min(fault.FirstBytes, amount);
        if (kept > 0)
        {
            _ = original->Write(file, buffer, kept, offset); // the failure to report is the fault's
        }

        return fault.Code;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Truncate(NativeFile* file, long size)
        => Next(file, FileCalls.Truncate) is { } fault ? fault.Code : file->Methods->Original->Truncate(file, size);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Sync(NativeFile* file, int flags)
        => Next(file, FileCalls.Sync) is { } fault ? fault.Code : file->Methods->Original->Sync(file, flags);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int SharedMemoryMap(NativeFile* file, int region, int size, int extend, void** memory)
        => Next(file, FileCalls.SharedMemory) is { } fault ? fault.Code : file->Methods->Original->SharedMemoryMap(file, region, size, extend, memory);

    private static Fault? Next(NativeFile* file, FileCalls call)
    {
        var watched = (WatchedFile)GCHandle.FromIntPtr(file->Methods->Watched).Target!;
        return watched.Site.Next(call, watched.File);
    }
}
