using DeployStack.Data.Provider;

namespace DeployStack.Data.Sqlite.Waiting;

/// <summary>A ring of units: adding and taking allocate nothing, removing from the middle is rare and linear.</summary>
internal sealed class Deque
{
    private UnitOfWork?[] _ring = new UnitOfWork?[64];
    private int _first;
    private int _count;

    public int Count => _count;

    /// <summary>The count, readable without the owner's lock.</summary>
    public ref int CountField => ref _count;

    public void AddLast(UnitOfWork unit)
    {
        if (_count == _ring.Length)
        {
            Grow();
        }

        _ring[(_first + _count) & (_ring.Length - 1)] = unit;
        _count++;
    }

    public bool TryPeekFirst(out UnitOfWork? unit)
    {
        unit = _count > 0 ? _ring[_first] : null;
        return unit is not null;
    }

    public void RemoveFirst()
    {
        _ring[_first] = null;
        _first = (_first + 1) & (_ring.Length - 1);
        _count--;
    }

    public bool Remove(UnitOfWork unit)
    {
        var mask = _ring.Length - 1;
        for (var i = 0; i < _count; i++)
        {
            if (ReferenceEquals(_ring[(_first + i) & mask], unit))
            {
                for (; i < _count - 1; i++)
                {
                    _ring[(_first + i) & mask] = _ring[(_first + i + 1) & mask];
                }

                _ring[(_first + _count - 1) & mask] = null;
                _count--;
                return true;
            }
        }

        return false;
    }

    public UnitOfWork[] ToArray()
    {
        var units = new UnitOfWork[_count];
        for (var i = 0; i < _count; i++)
        {
            units[i] = _ring[(_first + i) & (_ring.Length - 1)]!;
        }

        return units;
    }

    private void Grow()
    {
        var larger = new UnitOfWork?[_ring.Length * 2];
        ToArray().CopyTo(larger, 0);
        _ring = larger;
        _first = 0;
    }
}
