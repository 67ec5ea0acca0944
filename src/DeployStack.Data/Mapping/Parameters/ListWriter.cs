using System.Collections;
using System.Runtime.InteropServices;
using DeployStack.Data.Provider;

namespace DeployStack.Data.Mapping.Parameters;

/// <summary>Binds a list of any length as one JSON array, each element encoded as a parameter of its own would be.</summary>
internal sealed class ListWriter<TList, TElement>(TypedWriter<TElement> element) : TypedWriter<TList>
{
    public override void Write(ProviderCommand command, int index, TList value)
    {
        if (command is JsonArrayCommand)
        {
            throw MappingErrors.Value(command, index, typeof(TList), "a list inside a list has no column to be compared with");
        }

        using var array = new JsonArrayCommand(command.GetParameterName(index));
        switch (value)
        {
            case TElement[] items:
                WriteAll(array, items);
                break;
            case List<TElement> items:
                WriteAll(array, CollectionsMarshal.AsSpan(items));
                break;
            case IEnumerable<TElement> items:
                foreach (var item in items)
                {
                    WriteOne(array, item);
                }

                break;
            default:
                foreach (var item in (IEnumerable)value!)
                {
                    WriteOne(array, (TElement)item);
                }

                break;
        }

        command.BindText(index, array.Finish());
    }

    private void WriteAll(JsonArrayCommand array, ReadOnlySpan<TElement> items)
    {
        foreach (ref readonly var item in items)
        {
            WriteOne(array, item);
        }
    }

    private void WriteOne(JsonArrayCommand array, TElement item)
    {
        if (item is null)
        {
            array.BindNull(0);
        }
        else
        {
            element.Write(array, 0, item);
        }
    }
}
