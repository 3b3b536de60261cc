#!/usr/bin/env python3
"""A relay that keeps what passes: record.py LISTEN-PORT HOST PORT NAME writes NAME.client.ber and NAME.server.ber, every PDU as it was."""
import socket, sys, threading

def pump(source, sink, path):
    with open(path, "wb") as kept:
        while True:
            try:
                data = source.recv(65536)
            except OSError:
                data = b""
            if not data:
                break
            kept.write(data)
            kept.flush()
            try:
                sink.sendall(data)
            except OSError:
                break
    for s in (source, sink):
        try:
            s.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass

def main():
    port, host, target, name = int(sys.argv[1]), sys.argv[2], int(sys.argv[3]), sys.argv[4]
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind(("127.0.0.1", port))
    listener.listen(1)
    print("ready", flush=True)
    client, _ = listener.accept()
    server = socket.create_connection((host, target))
    threads = [threading.Thread(target=pump, args=a) for a in
               ((client, server, name + ".client.ber"), (server, client, name + ".server.ber"))]
    for t in threads: t.start()
    for t in threads: t.join()

main()
