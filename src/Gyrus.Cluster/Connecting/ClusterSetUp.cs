using System.Security.Authentication;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;
using Orleans.Connections.Security;
using Orleans.Serialization;
using Orleans.Storage;
using StackExchange.Redis;

namespace Gyrus.Cluster.Connecting;

/// <summary>What nodes and clients of a cluster have in common.</summary>
internal static class ClusterSetUp
{
    /// <summary>The name of Npgsql among the providers of ADO.NET.</summary>
    public const string Provider = "Npgsql";

    private const string Name = "gyrus";

    /// <summary>Names the cluster, and has errors that name what a user can do come over as they are.</summary>
    public static void AddCommon(this IServiceCollection services)
    {
        services.Configure<ClusterOptions>(options => (options.ClusterId, options.ServiceId) = (Name, Name));
        services.Configure<ExceptionSerializationOptions>(options => options.SupportedNamespacePrefixes.Add(nameof(Gyrus)));
        services.AddSingleton<IGrainStorageSerializer, OrleansGrainStorageSerializer>();
        services.AddSingleton(TimeProvider.System);
    }

    /// <summary>Has a node find the others and keep its grains in a store.</summary>
    public static void UseStore(this ISiloBuilder silo, ClusterStore store, int port, int gatewayPort)
    {
        switch (store)
        {
            case ClusterStore.PostgreSql(var connection):
                silo.UseAdoNetClustering(clustering => (clustering.Invariant, clustering.ConnectionString) = (Provider, connection));
                silo.AddAdoNetGrainStorageAsDefault(storage =>
                    (storage.Invariant, storage.ConnectionString, storage.DeleteStateOnClear) = (Provider, connection, true));
                break;
            case ClusterStore.Redis(var configuration):
                silo.UseRedisClustering(clustering => clustering.ConfigurationOptions = ConfigurationOptions.Parse(configuration));
                silo.AddRedisGrainStorageAsDefault(storage => storage.ConfigurationOptions = ConfigurationOptions.Parse(configuration));
                break;
            default:
                silo.UseLocalhostClustering(port, gatewayPort, serviceId: Name, clusterId: Name);
                silo.AddMemoryGrainStorageAsDefault();
                break;
        }
    }

    /// <summary>Has a client find the nodes.</summary>
    public static void UseStore(this IClientBuilder client, ClusterStore store, int gatewayPort)
    {
        switch (store)
        {
            case ClusterStore.PostgreSql(var connection):
                client.UseAdoNetClustering(clustering => (clustering.Invariant, clustering.ConnectionString) = (Provider, connection));
                break;
            case ClusterStore.Redis(var configuration):
                client.UseRedisClustering(clustering => clustering.ConfigurationOptions = ConfigurationOptions.Parse(configuration));
                break;
            default:
                client.UseLocalhostClustering(gatewayPort, serviceId: Name, clusterId: Name);
                break;
        }
    }

    /// <summary>Has both ends of a connection prove that they know the secret.</summary>
    public static void Require(this TlsOptions tls, ClusterSecret secret)
    {
        tls.LocalCertificate = secret.Certificate(TimeProvider.System);
        tls.SslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13;
        tls.RemoteCertificateMode = RemoteCertificateMode.RequireCertificate;
        tls.ClientCertificateMode = RemoteCertificateMode.RequireCertificate;
        tls.RemoteCertificateValidation = (certificate, _, _) => secret.IsShownBy(certificate);
        // Nodes are told apart by the secret, not by their names.
        tls.OnAuthenticateAsClient = (_, options) => options.TargetHost = Name;
    }
}
