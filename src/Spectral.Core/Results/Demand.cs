namespace Spectral.Core.Results;

/// <summary>What is asked of a measurement.</summary>
public abstract record Demand;

/// <summary>It has a value.</summary>
/// <param name="Value">The value, not 0 where a ratio is to mean something.</param>
/// <param name="Tolerance">The largest distance from it that still agrees, in the value's unit, 0 or more.</param>
public sealed record Near(double Value, double Tolerance) : Demand;

/// <summary>All of its interval lies at or above a bound.</summary>
/// <param name="Bound">The bound.</param>
public sealed record AtLeast(double Bound) : Demand;

/// <summary>All of its interval lies below a bound.</summary>
/// <param name="Bound">The bound.</param>
public sealed record AtMost(double Bound) : Demand;

/// <summary>All of its interval lies above another measurement's.</summary>
/// <param name="Other">The other measurement.</param>
public sealed record MoreThan(MeasurementPlace Other) : Demand;

/// <summary>All of its interval lies below another measurement's.</summary>
/// <param name="Other">The other measurement.</param>
public sealed record LessThan(MeasurementPlace Other) : Demand;
