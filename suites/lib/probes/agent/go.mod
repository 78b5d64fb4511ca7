module plumbline/probe-agent

go 1.26
