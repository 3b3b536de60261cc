namespace LookupProxy.Core.Health;

/// <summary>The administrator's hand on the local copies.</summary>
public interface ISnapshotControl
{
    /// <summary>Begins a reading of the whole directory now, in the background. False when no copy of that directory is kept.</summary>
    bool Refresh(string directory);
}
