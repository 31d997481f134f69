-- What Orleans asks a database for, by ADO.NET: it reads the texts of its queries from OrleansQuery by their keys, gives them parameters by their names, and reads columns by theirs.
-- Made again at each start of a node, so that a newer Gyrus brings its queries.

CREATE TABLE IF NOT EXISTS OrleansQuery
(
    QueryKey varchar(64) PRIMARY KEY,
    QueryText text NOT NULL
);

-- A row a cluster: each change of its nodes is allowed by the version that the writer has read, and makes the next.
CREATE TABLE IF NOT EXISTS ClusterVersions
(
    Cluster varchar(150) PRIMARY KEY,
    Version integer NOT NULL DEFAULT 0
);

-- A row a node, as long as Orleans wants to know of it: a node that is started again is another, by its generation.
CREATE TABLE IF NOT EXISTS ClusterNodes
(
    Cluster varchar(150) NOT NULL REFERENCES ClusterVersions,
    Address varchar(45) NOT NULL,
    Port integer NOT NULL,
    Generation integer NOT NULL,
    SiloName varchar(150) NOT NULL,
    HostName varchar(150) NOT NULL,
    Status integer NOT NULL,
    ProxyPort integer NOT NULL,
    SuspectTimes text,
    StartTime timestamptz NOT NULL,
    IAmAliveTime timestamptz NOT NULL,
    PRIMARY KEY (Cluster, Address, Port, Generation)
);

-- A row a grain and kind of state. What lost its node and writes late is refused by the version.
CREATE TABLE IF NOT EXISTS GrainStates
(
    Service varchar(150) NOT NULL,
    Kind varchar(512) NOT NULL,
    N0 bigint NOT NULL,
    N1 bigint NOT NULL,
    Key text NOT NULL,
    Payload bytea,
    Version integer NOT NULL,
    ModifiedOn timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (Service, Kind, N0, N1, Key)
);

-- They are compressed already.
ALTER TABLE GrainStates ALTER COLUMN Payload SET STORAGE EXTERNAL;

INSERT INTO OrleansQuery (QueryKey, QueryText) VALUES
('MembershipReadAllKey', '
    SELECT n.Address, n.Port, n.Generation, n.SiloName, n.HostName, n.Status, n.ProxyPort, n.SuspectTimes, n.StartTime, n.IAmAliveTime, v.Version
    FROM ClusterVersions v LEFT JOIN ClusterNodes n USING (Cluster)
    WHERE v.Cluster = @DeploymentId'),
('MembershipReadRowKey', '
    SELECT n.Address, n.Port, n.Generation, n.SiloName, n.HostName, n.Status, n.ProxyPort, n.SuspectTimes, n.StartTime, n.IAmAliveTime, v.Version
    FROM ClusterVersions v LEFT JOIN ClusterNodes n ON n.Cluster = v.Cluster AND n.Address = @Address AND n.Port = @Port AND n.Generation = @Generation
    WHERE v.Cluster = @DeploymentId'),
('GatewaysQueryKey', '
    SELECT Address, ProxyPort, Generation FROM ClusterNodes WHERE Cluster = @DeploymentId AND Status = @Status AND ProxyPort > 0'),
('InsertMembershipVersionKey', '
    WITH made AS (INSERT INTO ClusterVersions (Cluster) VALUES (@DeploymentId) ON CONFLICT DO NOTHING RETURNING 1)
    SELECT EXISTS (SELECT 1 FROM made)'),
('InsertMembershipKey', '
    WITH allowed AS
    (
        UPDATE ClusterVersions SET Version = Version + 1
        WHERE Cluster = @DeploymentId AND Version = CAST(@Version AS integer)
            AND NOT EXISTS (SELECT 1 FROM ClusterNodes WHERE Cluster = @DeploymentId AND Address = @Address AND Port = @Port AND Generation = @Generation)
        RETURNING Cluster
    ), made AS
    (
        INSERT INTO ClusterNodes (Cluster, Address, Port, Generation, SiloName, HostName, Status, ProxyPort, StartTime, IAmAliveTime)
        SELECT Cluster, @Address, @Port, @Generation, @SiloName, @HostName, @Status, @ProxyPort, @StartTime, @IAmAliveTime FROM allowed
        RETURNING 1
    )
    SELECT EXISTS (SELECT 1 FROM made)'),
('UpdateMembershipKey', '
    WITH allowed AS
    (
        UPDATE ClusterVersions SET Version = Version + 1 WHERE Cluster = @DeploymentId AND Version = CAST(@Version AS integer) RETURNING Cluster
    ), changed AS
    (
        UPDATE ClusterNodes n SET Status = @Status, SuspectTimes = @SuspectTimes, IAmAliveTime = @IAmAliveTime
        FROM allowed WHERE n.Cluster = allowed.Cluster AND n.Address = @Address AND n.Port = @Port AND n.Generation = @Generation
        RETURNING 1
    )
    SELECT EXISTS (SELECT 1 FROM changed)'),
('UpdateIAmAlivetimeKey', '
    UPDATE ClusterNodes SET IAmAliveTime = @IAmAliveTime WHERE Cluster = @DeploymentId AND Address = @Address AND Port = @Port AND Generation = @Generation'),
('DeleteMembershipTableEntriesKey', '
    WITH nodes AS (DELETE FROM ClusterNodes WHERE Cluster = @DeploymentId) DELETE FROM ClusterVersions WHERE Cluster = @DeploymentId'),
('CleanupDefunctSiloEntriesKey', '
    DELETE FROM ClusterNodes WHERE Cluster = @DeploymentId AND IAmAliveTime < @IAmAliveTime AND Status <> 3'),
('CleanupDefunctSiloEntryKey', '
    DELETE FROM ClusterNodes WHERE Cluster = @DeploymentId AND Address = @Address AND Port = @Port AND Generation = @Generation AND Status = 6
        AND StartTime = @StartTime AND IAmAliveTime = @IAmAliveTime AND SuspectTimes IS NOT DISTINCT FROM @SuspectTimes'),
('ReadFromStorageKey', '
    SELECT Payload AS PayloadBinary, NULL::text AS PayloadXml, NULL::text AS PayloadJson, ModifiedOn, Version FROM GrainStates
    WHERE Service = @ServiceId AND Kind = @GrainTypeString AND N0 = @GrainIdN0 AND N1 = @GrainIdN1 AND Key = coalesce(@GrainIdExtensionString, '''')'),
('WriteToStorageKey', '
    WITH changed AS
    (
        UPDATE GrainStates SET Payload = @PayloadBinary, Version = Version + 1, ModifiedOn = now()
        WHERE Service = @ServiceId AND Kind = @GrainTypeString AND N0 = @GrainIdN0 AND N1 = @GrainIdN1 AND Key = coalesce(@GrainIdExtensionString, '''')
            AND Version = CAST(@GrainStateVersion AS integer)
        RETURNING Version
    ), made AS
    (
        INSERT INTO GrainStates (Service, Kind, N0, N1, Key, Payload, Version)
        SELECT @ServiceId, @GrainTypeString, @GrainIdN0, @GrainIdN1, coalesce(@GrainIdExtensionString, ''''), @PayloadBinary, 1
        WHERE CAST(@GrainStateVersion AS integer) IS NULL
        ON CONFLICT DO NOTHING
        RETURNING Version
    )
    SELECT coalesce((SELECT Version FROM changed), (SELECT Version FROM made), CAST(@GrainStateVersion AS integer)) AS NewGrainStateVersion'),
('ClearStorageKey', '
    UPDATE GrainStates SET Payload = NULL, Version = Version + 1
    WHERE Service = @ServiceId AND Kind = @GrainTypeString AND N0 = @GrainIdN0 AND N1 = @GrainIdN1 AND Key = coalesce(@GrainIdExtensionString, '''')
        AND Version = CAST(@GrainStateVersion AS integer)
    RETURNING Version AS NewGrainStateVersion'),
('DeleteStorageKey', '
    DELETE FROM GrainStates
    WHERE Service = @ServiceId AND Kind = @GrainTypeString AND N0 = @GrainIdN0 AND N1 = @GrainIdN1 AND Key = coalesce(@GrainIdExtensionString, '''')
        AND Version = CAST(@GrainStateVersion AS integer)
    RETURNING Version + 1 AS NewGrainStateVersion')
ON CONFLICT (QueryKey) DO UPDATE SET QueryText = excluded.QueryText;
