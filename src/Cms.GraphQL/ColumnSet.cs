using System.Numerics;

namespace Cms.GraphQL;

/// <summary>A set of a row's columns: one bit for each, in the order of <see cref="Columns.Of{TRow}"/>.</summary>
public readonly record struct ColumnSet(ulong Bits)
{
    /// <summary>All columns of any row.</summary>
    public static ColumnSet All => new(ulong.MaxValue);

    public bool IsEmpty => Bits == 0;

    public int Count => BitOperations.PopCount(Bits);

    public bool Has(int column) => (Bits >> column & 1) != 0;

    /// <summary>Returns whether this set contains all columns of <paramref name="other"/>.</summary>
    public bool Covers(ColumnSet other) => (other.Bits & ~Bits) == 0;

    public static ColumnSet operator |(ColumnSet left, ColumnSet right) => new(left.Bits | right.Bits);

    public static ColumnSet operator &(ColumnSet left, ColumnSet right) => new(left.Bits & right.Bits);
}
